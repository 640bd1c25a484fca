export const presence = {
  viewing: '{{name}} está vendo',
  editing: '{{name}} está editando',
  editing_field: '{{name}} está editando {{field}}',
  more_one: 'e mais {{count}}',
  more_other: 'e mais {{count}}',
}
