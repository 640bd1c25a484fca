export const features = {
  title: 'Features',
  intro:
    'What your organization uses of Rapport. A switch takes effect at once, for everyone. Nothing is deleted.',
  intro_read_only:
    'What your organization uses of Rapport. Owners and administrators switch features on and off.',
  name: {
    imports: 'Imports',
    search: 'Search',
    api_keys: 'API keys',
    realtime: 'Live updates',
  },
  text: {
    imports: 'Bring in records of every kind from CSV, TSV and Excel files.',
    search: 'Find records across the organization from the palette and through the API.',
    api_keys: 'Let other programs work with your data.',
    realtime: 'Show changes by others on every screen as they happen.',
  },
  off: {
    imports: 'Off: files can neither be uploaded nor looked at; running imports go on.',
    search: 'Off: the palette leads to pages only. Lists can still be filtered.',
    api_keys: 'Off: keys are refused, also those that are in use. They work again when this is on.',
    realtime: 'Off: pages show changes by others when they are opened or come back to the front.',
  },
  state: { on: 'On', off: 'Off' },
  switched_off: '{{name}}: switched off',
  not_switched: '{{name}} could not be switched',
} as const
