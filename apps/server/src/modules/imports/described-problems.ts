/** The codes of imports. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    imports: typeof importProblems
  }
}

export const importProblems = {
  400: {
    upload_interrupted: ['The connection broke before the whole file was there.', 'Send the file again.'],
    body_malformed: [
      'The fields of the form cannot be read.',
      'Send object and file as the documentation says.',
    ],
  },
  403: {
    importer_gone: [
      'Whoever started the import has lost the permission for it, or the membership, before it was done.',
      'Let somebody who may import start it again.',
    ],
  },
  404: {
    import_not_found: [
      'There is no such import in this organization, or the caller may not see it.',
      'Upload the file again: POST /api/crm/imports.',
    ],
  },
  409: {
    import_over: ['The import has ended, so there is nothing to cancel.', 'Look at state in current.'],
    import_not_undoable: [
      'The import is not over, was taken back already, or brought nothing in.',
      'Look at state in current.',
    ],
    import_started: ['The import was started already.', 'Follow it with GET /api/crm/imports/{id}.'],
    import_running: [
      'The data of a person is to be erased, and an import that holds some of it is running.',
      'Wait for the end of the import, or cancel it.',
    ],
  },
  413: {
    file_too_large: ['The file is larger than 500 MB.', 'Cut it into several files.'],
  },
  415: {
    multipart_expected: ['The upload is no form.', 'Send the file as multipart/form-data.'],
    file_not_csv: [
      'The file is neither delimited text nor an XLSX workbook: an archive, a program or something else.',
      'Save the sheet as CSV and upload that.',
    ],
  },
  fields: {
    file_missing: ['The form has no part called file.', 'Add the file.'],
    file_empty: ['The file is empty.', 'Choose the right file.'],
    file_not_csv: [
      'The file is neither delimited text nor a workbook.',
      'Save the sheet as CSV and upload that.',
    ],
    rows_missing: ['The file has a header and no row.', 'Choose a file with rows.'],
    too_many_columns: [
      'The file has more columns than can be imported.',
      'Delete those that are not needed.',
    ],
    row_too_long: [
      'A row is longer than 1 MB, often because a quote is left open.',
      'Correct the line in message.',
    ],
    quote_not_closed: ['A quote is opened and never closed.', 'Correct the line in message.'],
    workbook_broken: [
      'The workbook cannot be read: it is cut off, protected, or another kind of archive.',
      'Open it, save it again or save the sheet as CSV.',
    ],
    workbook_too_large: ['The workbook unpacks to more than can be read.', 'Save the sheet as CSV.'],
    unknown_sheet: ['The workbook has no sheet of that name with rows.', 'Use one of reading.sheets.'],
    sheet_unreadable: [
      'The sheet cannot be read, while others of its workbook can.',
      'Choose another sheet, or save this one as CSV.',
    ],
    csv_broken: ['A line of the file breaks the rules of CSV.', 'Correct the line in message.'],
    unknown_column: ['The mapping names a column that the file has not.', 'Use the names in columns.'],
    field_used_twice: ['Two columns are to fill the same field.', 'Map one of them to null.'],
    companies_ask_for_more: [
      'A company has fields that must have a value, so a name is not enough to make one.',
      'Import the companies first, or leave create_companies out.',
    ],
    nothing_mapped: ['No column is mapped to a field.', 'Map at least one.'],
  },
} as const satisfies ProblemDescriptions
