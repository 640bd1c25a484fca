export const disputes = {
  title: '{{name}}: alterado por vocês dois',
  text_one: 'Alguém alterou o mesmo campo ao mesmo tempo que você. Escolha o valor que fica.',
  text_other:
    'Alguém alterou os mesmos {{count}} campos ao mesmo tempo que você. Escolha, em cada um, o valor que fica.',
  mine: 'Você, agora há pouco',
  theirs: '{{name}}, {{time}}',
  somebody: 'Outra pessoa, agora há pouco',
  later: 'Decidir depois',
  apply: 'Aplicar',
}
