/** The codes of platform's own answers, and those that several modules share. */
import type { ProblemDescriptions } from './problem-catalogue.ts'

declare module './problem-catalogue.ts' {
  interface DescribedProblems {
    platform: typeof platformProblems
  }
}

export const platformProblems = {
  400: {
    http_malformed: [
      'The bytes that arrived are no HTTP.',
      'Look at the client or the proxy that sent them.',
    ],
    bad_request: [
      'The request was refused before anything read it, for a rare reason that detail gives. The status may be another one from 400 to 499.',
      'Correct what detail names.',
    ],
    bad_url: ['The path of the address is wrongly encoded.', 'Encode it as UTF-8 with percent signs.'],
    invalid_content_length: [
      'The body is not as long as the Content-Length header says.',
      'Let the HTTP library set that header.',
    ],
    body_missing: ['The route needs a body and got none.', 'Send JSON with Content-Type: application/json.'],
    json_malformed: [
      'The body is not valid JSON, or has a key such as __proto__.',
      'detail names the place; correct it there.',
    ],
    json_too_deep: ['The body has more than 32 levels of objects and lists.', 'Send a flatter body.'],
    proto_violation: [
      'A form field is called like a built-in property.',
      'Give it the name in the documentation.',
    ],
    mp_premature_close: ['The form ended before its last part was there.', 'Send it again.'],
    organization_missing: [
      'The route works within an organization, and none is named.',
      'Name it in the X-Org-Id header.',
    ],
    organization_malformed: ['X-Org-Id is no UUID.', 'Send the id as GET /api/users/me gives it.'],
  },
  401: {
    not_authenticated: [
      'There are no credentials, or they are not valid any more.',
      'Get a new access token with POST /api/auth/refresh or log in again; check the API key; on operator pages, the operator token.',
    ],
  },
  403: {
    permission_missing: [
      'The role of the member, or the scopes of the API key, do not include what detail names.',
      'Have somebody who manages roles grant it, or use another key.',
    ],
    not_a_member: [
      'The caller is no active member of the organization that is named.',
      'Check X-Org-Id; otherwise ask for an invitation.',
    ],
    organization_mismatch: [
      'The access token or API key belongs to another organization than the one named.',
      'Call POST /api/auth/switch-organization first, or use the key of that organization.',
    ],
    session_required: ['The route is for people; an API key was sent.', 'Log in and use the access token.'],
    feature_off: [
      'The organization has switched off the feature that detail names.',
      'Whoever manages features can switch it on again.',
    ],
  },
  404: {
    route_not_found: ['There is no route with this method and path.', 'Look it up in /api/docs.'],
    record_not_found: [
      'The id in the path has not the form of an id.',
      'Send the UUID as an answer gave it.',
    ],
    mail_not_found: [
      'The outbox of the operator holds no such mail.',
      'Go back to the list; old mails are deleted.',
    ],
  },
  406: {
    invalid_multipart_content_type: ['The body is no multipart/form-data.', 'Send the file as a form.'],
    invalid_json_field_error: [
      'A part of the form calls itself JSON and is none.',
      'Send that part as text.',
    ],
  },
  408: {
    request_too_slow: ['The request was not complete in time.', 'Send it again over a better connection.'],
  },
  409: {
    version_conflict: [
      'Somebody has changed it since the version that the request names.',
      'Take current as the new state, decide on the fields in conflicts, and send the change with its version.',
    ],
    idempotency_key_reused: [
      'The Idempotency-Key was used within 24 hours with another body or by a caller with other permissions.',
      'Make a new key for every new request.',
    ],
    request_in_progress: [
      'An earlier request with the same Idempotency-Key is still running.',
      'Wait a moment and send it again: the answer will be that of the first.',
    ],
  },
  413: {
    body_too_large: ['The body is larger than the route takes.', 'Send less, or in several requests.'],
    req_file_too_large: ['The file is larger than 500 MB.', 'Cut it into several.'],
    files_limit: ['The form has more than one file.', 'Send one file in each request.'],
    fields_limit: ['The form has more than 20 fields.', 'Send only those in the documentation.'],
    parts_limit: ['The form has more than 21 parts.', 'Send only those in the documentation.'],
  },
  414: {
    address_too_long: [
      'Path and query are longer than 8,192 characters.',
      'Shorten the filter, or read in several requests.',
    ],
    max_param_length: ['One part of the path is too long.', 'Send the id as an answer gave it.'],
  },
  415: {
    invalid_media_type: [
      'The Content-Type of the body is not one that the route reads.',
      'Send JSON with Content-Type: application/json.',
    ],
    unsupported_media_type: ['A form was sent to a route that takes none.', 'Send JSON instead.'],
  },
  422: {
    invalid_input: [
      'A value in the path, query, headers or body is not acceptable. errors names each place with a code of its own.',
      'Correct every place in errors; the codes are listed below.',
    ],
  },
  429: {
    rate_limited: [
      'More requests within a minute than this address, user, API key or organization may make.',
      'Wait as long as Retry-After says; RateLimit tells on every answer how much is left.',
    ],
  },
  431: {
    headers_too_large: [
      'Address and headers are together larger than 16 KiB.',
      'Send fewer or shorter headers.',
    ],
  },
  500: {
    internal_error: [
      'Something went wrong in the server. It is no fault of the request.',
      'Try again later; tell the operator the request_id, which finds the cause in the log.',
    ],
  },
  503: {
    maintenance: [
      'The installation is being worked on, and nothing can be changed meanwhile. Reading works.',
      'Send it again after the time in Retry-After.',
    ],
  },
  fields: {
    // As the schemas of the contract find them.
    invalid_type: ['The value is of another type than the field, or missing.', 'Send what message asks for.'],
    invalid_value: ['The value is none of those that are allowed.', 'Send one of those in message.'],
    invalid_format: [
      'The text has not the form of the field: e-mail, id, date and so on.',
      'Send the form in message.',
    ],
    invalid_union: ['The value fits none of the forms that the field can have.', 'Send one of them.'],
    invalid_key: ['A key of the object has not the form that keys have.', 'Rename the key.'],
    invalid_element: ['An element of the collection is not acceptable.', 'Correct that element.'],
    not_multiple_of: ['The number has more decimals or another step than the field.', 'Round it.'],
    too_big: ['The text, list or number is larger than allowed.', 'Stay within the bound in message.'],
    too_small: ['The text, list or number is smaller than allowed.', 'Reach the bound in message.'],
    custom: ['The value breaks a rule of the field that message tells.', 'Do as message says.'],
    // Found after that.
    invalid: ['The value cannot be read or stored.', 'Do as message says.'],
    invalid_text: ['The text has control characters, or half of a surrogate pair.', 'Remove them.'],
    invalid_length: ['The header is empty or too long.', 'Keep to the length in message.'],
    invalid_date: ['The value is neither a date nor a time.', 'Send 2026-01-31 or 2026-01-31T12:00:00Z.'],
    invalid_id: ['The value is no UUID.', 'Send the id as an answer gave it.'],
    invalid_cursor: [
      'The cursor is none that this list gave for this order.',
      'Begin again without a cursor; never change sort on the way.',
    ],
    unknown_relation: [
      'The records have no such relation to include.',
      'Leave it out or take one of the API’s document, as company of contacts.',
    ],
    unknown_field: ['There is no such field, or not at this place.', 'Leave it out or correct its name.'],
    forbidden_field: ['Your role may see this field at most, and not give or change it.', 'Leave it out.'],
    unknown_operator: [
      'The operator does not exist or does not suit the field.',
      'Use one of those in message.',
    ],
    malformed_json: ['The filter is not valid JSON.', 'Encode it with a JSON library, then for the address.'],
    not_wanted: ['The operator takes no value.', 'Leave the value out.'],
    repeated: ['A field is named twice.', 'Name it once.'],
    too_deep: ['The filter is nested deeper than allowed.', 'Flatten it.'],
    too_long: ['The text is longer than allowed.', 'Shorten it.'],
    too_many: [
      'There are more values, fields or conditions than allowed.',
      'Stay within the number in message.',
    ],
    taken: ['Another one has this name already.', 'Choose another name.'],
    not_a_member: ['The user is no active member of the organization.', 'Name one who is.'],
  },
} as const satisfies ProblemDescriptions
