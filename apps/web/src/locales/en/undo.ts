export const undo = {
  done: {
    create: 'Undone: {{name}} is in the trash',
    update: 'Undone: {{name}} is as it was before',
    move: 'Undone: {{name}} is back in its stage',
    delete: 'Undone: {{name}} is out of the trash',
    restore: 'Undone: {{name}} is in the trash again',
    convert: 'Undone: {{name}} is no longer converted',
    bulk: 'Undone',
  },
  kept: 'Left as someone else set it: {{fields}}',
  nothing: 'There is nothing to undo',
  failed: 'That could not be undone',
  changed_since: 'Someone else has changed it since. Press z again to undo the change before.',
} as const
