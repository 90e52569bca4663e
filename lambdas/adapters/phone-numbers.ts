import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** A number in E.164, if there can be such a number: https://www.itu.int/rec/T-REC-E.164 */
export function parsePhone(text: string): { number: string; country: string | undefined } | undefined {
  const number = parsePhoneNumberFromString(text);
  return number?.isValid() ? { number: number.number, country: number.country } : undefined;
}
