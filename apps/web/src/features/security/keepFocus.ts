import type { MouseEvent } from 'react'

/**
 * For buttons below a form that one may leave unfilled: pressing them does not blur the field, whose complaint would
 * otherwise appear at once and push the button away from under the pointer before it is released.
 */
export const keepFocus = (event: MouseEvent): void => event.preventDefault()
