export const presence = {
  viewing: '{{name}} is viewing',
  editing: '{{name}} is editing',
  editing_field: '{{name}} is editing {{field}}',
  more_one: 'and {{count}} more',
  more_other: 'and {{count}} more',
}
