/** The places as radio buttons. Loaded when the control is opened. */

import { html } from '#src/components/markup.ts';
import { placesHere, choosePlace, currentPlace } from '#src/demo/places/choose.ts';
import { isPlaceName, PLACE_NAMES } from '#src/demo/places/names.ts';

/** @param group name of the radio buttons */
export async function placeOptions(group: string): Promise<string> {
  const [all, current] = await Promise.all([placesHere(), currentPlace()]);
  const options = all.map(({ place, absent }) => {
    const { name, what } = PLACE_NAMES[place];
    const state = html`${absent !== null && html` disabled`}${place === current.name && html` checked`}`;
    return html`<label><input type="radio" name="${group}" value="${place}"${state}><span><b>${name}.</b> ${absent ?? what}</span></label>`;
  });
  return String(html`<legend class="visually-hidden">Where functions run</legend>${options}`);
}

/** Runs the demos in the place of an option from now on. @param value of its radio button */
export function chooseOption(value: string): void {
  if (isPlaceName(value)) choosePlace(value);
}
