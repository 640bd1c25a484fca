import type { Messages } from '../messages.ts'

export const shell: Messages['shell'] = {
  product: 'Rapport',
  skip: 'Ir para o conteúdo',
  nav: {
    main: 'Principal',
    settings: 'Configurações',
    leads: 'Leads',
    board: 'Quadro',
    imports: 'Importações',
    privacy: 'Privacidade',
    pipelines: 'Funis',
  },
  settings: {
    account: 'Você',
    organization: 'Organização',
    access: 'Pessoas e acesso',
    data: 'Dados',
  },
  sidebar: {
    collapse: 'Recolher a barra lateral',
    expand: 'Expandir a barra lateral',
  },
  organization: {
    switch: 'Trocar de organização',
    yours: 'Suas organizações',
  },
  topbar: {
    search: 'Buscar ou ir para…',
    account: 'Conta de {{name}}',
    theme: 'Tema',
    language: 'Idioma',
    shortcuts: 'Atalhos de teclado',
    log_out: 'Sair',
  },
  theme: {
    light: 'Claro',
    dark: 'Escuro',
    system: 'Como o sistema',
  },
  connection: {
    live: 'Ao vivo: mudanças de outras pessoas aparecem na hora',
    connecting: 'Conectando…',
    offline: 'Sem conexão',
    offline_banner:
      'Você está sem conexão. O que você vê pode estar desatualizado; mudanças não serão salvas.',
    reconnecting_banner: 'A conexão caiu. Tentando de novo…',
    maintenance_banner: 'O Rapport está sendo atualizado. Salvar fica em pausa por um momento.',
    back: 'Conectado de novo',
  },
  palette: {
    title: 'Paleta de comandos',
    placeholder: 'Busque leads, vá a algum lugar, faça algo…',
    go: 'Ir para',
    act: 'Ações',
    results: 'Registros',
    failed: 'A busca não respondeu.',
    empty: 'Nada corresponde a “{{query}}”.',
  },
  shortcuts: {
    title: 'Atalhos de teclado',
    general: 'Geral',
    go: 'Ir para',
    palette: 'Abrir a paleta',
    help: 'Mostrar esta lista',
    undo: 'Desfazer a última mudança',
    sidebar: 'Recolher ou expandir a barra lateral',
    theme: 'Alternar entre claro e escuro',
    search: 'Buscar',
  },
  error: {
    not_found_title: 'Não há nada aqui',
    not_found_text: 'O link pode ser antigo, ou o registro foi excluído.',
    forbidden_title: 'Você não tem acesso a isto',
    forbidden_text: 'Fale com um administrador da sua organização se precisar.',
    crash_title: 'Esta página parou de funcionar',
    crash_text:
      'Seus dados estão seguros. Recarregue a página; se acontecer de novo, informe o número da requisição.',
    network_title: 'Não foi possível falar com o Rapport',
    network_text: 'Verifique sua conexão. Guardamos o que você digitou.',
    home: 'Ir para os leads',
  },
}
