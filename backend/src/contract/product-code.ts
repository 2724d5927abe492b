/**
 * A product's code as it is compared: two products must not have codes that are equal so. White space around it, upper and
 * lower case, and the two ways to write an accented letter make no difference. Empty: no code.
 */
export function foldCode(code: string): string {
  return code.trim().normalize('NFC').toLowerCase().normalize('NFC');
}
