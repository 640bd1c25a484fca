import type { Messages } from '../messages.ts'

export const features: Messages['features'] = {
  title: 'Recursos',
  intro: 'O que a sua organização usa do Rapport. Cada mudança vale na hora, para todos. Nada é apagado.',
  intro_read_only:
    'O que a sua organização usa do Rapport. Proprietários e administradores ligam e desligam recursos.',
  name: {
    imports: 'Importações',
    search: 'Busca',
    api_keys: 'Chaves de API',
    realtime: 'Atualização ao vivo',
  },
  text: {
    imports: 'Traga registros de todo tipo de arquivos CSV, TSV e Excel.',
    search: 'Encontre registros de toda a organização pela paleta e pela API.',
    api_keys: 'Permita que outros programas trabalhem com os seus dados.',
    realtime: 'Mostre em cada tela as mudanças dos outros no momento em que acontecem.',
  },
  off: {
    imports: 'Desligado: não é possível enviar nem ver arquivos; importações em andamento continuam.',
    search: 'Desligado: a paleta leva apenas a páginas. As listas ainda podem ser filtradas.',
    api_keys: 'Desligado: as chaves são recusadas, também as que estão em uso. Voltam a funcionar ao ligar.',
    realtime: 'Desligado: as páginas mostram mudanças dos outros ao serem abertas ou voltarem para a frente.',
  },
  state: { on: 'Ligado', off: 'Desligado' },
  switched_off: '{{name}}: desligado',
  not_switched: 'Não foi possível mudar: {{name}}',
}
