import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** A number in E.164, if there can be such a number: https://www.itu.int/rec/T-REC-E.164 */
export function parsePhone(text: string): string | undefined {
  const number = parsePhoneNumberFromString(text);
  return number?.isValid() ? number.number : undefined;
}
