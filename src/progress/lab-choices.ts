/** What a reader chose or typed in a lab beside code: `<name>=<value>` each, and one of a name. */

/** The choices with this one in the place of an earlier one of its name. */
export function withChoice(choices: readonly string[], name: string, value: string): string[] {
  return [...choices.filter((one) => nameOf(one) !== name), `${name}=${value}`];
}

/** Those of the later record, and of the earlier one those that the later does not know. */
export function joinedChoices(later: readonly string[], earlier: readonly string[]): string[] {
  const names = later.map(nameOf);
  return [...later, ...earlier.filter((one) => !names.includes(nameOf(one)))];
}

function nameOf(choice: string): string {
  return choice.slice(0, choice.indexOf('='));
}
