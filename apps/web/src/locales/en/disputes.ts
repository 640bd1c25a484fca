export const disputes = {
  title: '{{name}}: changed by both of you',
  text_one: 'Someone changed the same field while you did. Choose the value that stands.',
  text_other:
    'Someone changed the same {{count}} fields while you did. Choose for each the value that stands.',
  mine: 'You, just now',
  theirs: '{{name}}, {{time}}',
  somebody: 'Someone else, just now',
  later: 'Decide later',
  apply: 'Apply',
}
