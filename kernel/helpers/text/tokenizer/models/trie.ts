/** Finds which pieces begin at a place of a text. */
export interface Trie {
  /** Told the end (in UTF-16 units) and id of each piece that begins at `start`, shortest first. */
  prefixes(text: string, start: number, told: (end: number, id: number) => void): void;
}

interface Branch {
  id: number;
  next: Map<number, Branch> | undefined;
}

export function makeTrie(pieces: ReadonlyMap<string, number>): Trie {
  const root: Branch = { id: -1, next: new Map() };
  for (const [piece, id] of pieces) {
    let branch = root;
    for (let at = 0; at < piece.length; at++) {
      const unit = piece.charCodeAt(at);
      branch.next ??= new Map();
      let next = branch.next.get(unit);
      if (!next) branch.next.set(unit, (next = { id: -1, next: undefined }));
      branch = next;
    }
    if (piece !== "") branch.id = id;
  }
  return {
    prefixes(text, start, told) {
      let branch: Branch | undefined = root;
      for (let at = start; at < text.length; at++) {
        branch = branch.next?.get(text.charCodeAt(at));
        if (!branch) return;
        if (branch.id >= 0) told(at + 1, branch.id);
      }
    },
  };
}
