/** A control that is quiet until one points at it, like the fields around it. */
export const quiet = 'border-transparent! bg-transparent! px-2! not-disabled:hover:bg-hover!'
