/** Names of people and companies, invented but spread as real ones are: few very common, a long tail of rare. */
import { createRandom, createZipf, type Random } from './random.ts'

const given = `Maria Ana João José Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Luís Gabriel Rafael
Daniel Marcelo Bruno Eduardo Felipe Rodrigo Fernanda Patrícia Aline Sandra Camila Amanda Bruna Jéssica Letícia
Júlia Luciana Vanessa Mariana Gabriela Vera Vitória Larissa Cláudia Beatriz Rita Sônia Renata Eliane Josefa Simone
Natália Cristiane Carla Débora Rosângela Jaqueline Rosa Daniela Aparecida Marlene Terezinha Raimunda Andréia Fabiana
Lúcia Raquel Ângela Rafaela Joana Luana Adriana Márcia Juliana Manuel Sebastião Mateus André Fernando Fábio Leonardo
Gustavo Guilherme Leandro Tiago Anderson Ricardo Márcio Jorge Alexandre Roberto Edson Diego Vítor Sérgio Cláudio
Matheus Thiago Geraldo Adriano Luciano Júlio Renato Alex Vinícius Rogério Samuel Ronaldo Mário Flávio Igor Douglas
Davi Manoel Jeferson Cícero Vitor Valdir Alan Robson William Caio Henrique Otávio Murilo Enzo Heitor Arthur Bernardo
Theo Lorenzo Miguel Benício Isaac Noah Emanuel Joaquim Augusto Caleb Bento Yuri Helena Alice Laura Manuela Sofia Isabella
Luísa Heloísa Cecília Maitê Eloá Lívia Antonella Isis Valentina Agatha Melissa Yasmin Isadora Lara Nicole Sarah Esther
Marina Catarina Stella Clara Olívia Ayla Emilly Milena Elisa Bianca Lorena Rebeca James Mary Robert Patricia Jennifer
Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Karen Charles Christopher Lisa Matthew
Nancy Anthony Betty Mark Donald Ashley Steven Kimberly Andrew Emily Kenneth Donna Joshua Michelle Kevin Carol Brian
Dorothy George Melissa Timothy Deborah Ronald Stephanie Jason Rebecca Edward Sharon Jeffrey Ryan Cynthia Jacob Kathleen
Gary Amy Nicholas Eric Shirley Jonathan Anna Stephen Larry Justin Pamela Scott Emma Brandon Benjamin Nicole Hannah
Gregory Samantha Frank Christine Alexander Catherine Raymond Virginia Patrick Debra Jack Rachel Dennis Janet Jerry Hiroshi
Yuki Wei Mei Chen Priya Arjun Aisha Omar Fatima Ahmed Leila Yusuf Ingrid Lars Sven Astrid Giulia Marco Chiara Luca
Pierre Camille Antoine Élodie Jürgen Ulrike Björn Søren Małgorzata Paweł Łukasz Zoë Siobhán Niamh Dmitri Svetlana`
  .split(/\s+/)
  .filter((name, place, all) => all.indexOf(name) === place)

const starts =
  `Al Bar Bel Bor Bran Cal Car Cas Col Cor Dal Del Dor Dun Fal Far Fer Fon Gal Gar Gon Gra Hal Har Hol Jar
Kal Kar Kor Lam Lan Lim Lo Mac Mal Man Mar Mel Mon Mor Nor Oli Pal Par Per Pin Por Quin Ram Ri Ros Sal San Sil Sou
Tam Tor Val Var Vas Ver Vil Wal Wes Zan`.split(/\s+/)
const middles = ['a', 'e', 'i', 'o', 'an', 'en', 'es', 'in', 'or', 'ar']
const ends = `ga des ra to lva ves res ton son ley man berg ero ini sky dt res da nho za`.split(/\s+/)
const surnamesWanted = 2000

function makeSurnames(): string[] {
  const random = createRandom(77)
  const made = new Set<string>([
    'Silva',
    'Santos',
    'Oliveira',
    'Souza',
    'Smith',
    'Pereira',
    'Ferreira',
    'Johnson',
    'Lima',
    'Costa',
  ])
  while (made.size < surnamesWanted)
    made.add(`${random.pick(starts)}${random.pick(middles)}${random.pick(ends)}`)
  return [...made]
}

const surnames = makeSurnames()
const pickGiven = createZipf(given, 8)
const pickSurname = createZipf(surnames, 4)
const trades =
  `Alimentos Logística Tecnologia Saúde Móveis Energia Consulting Software Foods Retail Motors Textiles
Engineering Pharma Media Travel Insurance Construction Education Finance`.split(/\s+/)
const forms = ['Ltda', 'S.A.', 'Inc', 'GmbH', 'LLC', 'e Filhos', 'Group', 'Partners']

export type Person = { full_name: string; company_name: string; email: string }

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replace(/[^a-z]/g, '')
const plainGiven = new Map(given.map((name) => [name, plain(name)]))
const plainSurnames = new Map(surnames.map((name) => [name, plain(name)]))

/** Everything in a person fits together: the e-mail carries the name, its domain the company. */
export function makePerson(random: Random): Person {
  const first = pickGiven(random)
  const last = pickSurname(random)
  const second = random.chance(0.25) ? ` ${pickSurname(random)}` : ''
  const founder = pickSurname(random)
  const trade = random.pick(trades)
  const number = random.below(1000)
  const domain = random.chance(0.3)
    ? random.pick(['gmail.com', 'outlook.com', 'uol.com.br'])
    : `${plainSurnames.get(founder)}${number % 50}.com`
  return {
    full_name: `${first}${second} ${last}`,
    company_name: `${founder} ${trade} ${random.pick(forms)}`,
    email: `${plainGiven.get(first)}.${plainSurnames.get(last)}${number}@${domain}`,
  }
}

/** Words that people search for: names as common as they are, whole or just begun. */
export const pickSearchName = (random: Random): { first: string; last: string } => ({
  first: pickGiven(random),
  last: pickSurname(random),
})
