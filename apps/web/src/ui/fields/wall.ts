const pad = (number: number): string => String(number).padStart(2, '0')

/** A date whose parts, as this device tells them, are what is meant. */
export const writeWall = (date: Date): string =>
  `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`
