import type { Place, Store } from "../contract.js";

/** Runs in memory, for as long as the page or the program lives. */
export function memoryStore(): Store {
  const runs = new Map<string, { place: Place; text: string; artefacts: Map<string, Uint8Array> }>();
  const key = ({ experiment, id }: Place): string => `${experiment}/${id}`;
  const of = (place: Place) => {
    const found = runs.get(key(place));
    if (!found) throw new RangeError(`unknown run: ${place.id} of ${place.experiment}`);
    return found;
  };
  return {
    list: () => [...runs.values()].map(({ place }) => place),
    create: (place) => void runs.set(key(place), { place, text: "", artefacts: new Map() }),
    append: (place, line) => void (of(place).text += line),
    read: (place) => runs.get(key(place))?.text,
    write: (place, name, bytes) => void of(place).artefacts.set(name, bytes.slice()),
    artefact: (place, name) => runs.get(key(place))?.artefacts.get(name),
    remove: (place) => void runs.delete(key(place)),
    events: () => {
      throw new Error("expected files (Node) for TensorBoard: in a browser take the bytes of track.eventFile");
    },
  };
}
