/** Open comms, by id: what `comm_info_request` asks. */
export interface Comms {
  opened(id: string, target: string): void;
  closed(id: string): void;
  list(target?: string): Record<string, { target_name: string }>;
  /** Forget all; gives the ids that were open. */
  clear(): string[];
}

export function createComms(): Comms {
  const open = new Map<string, string>();
  return {
    opened: (id, target) => void open.set(id, target),
    closed: (id) => void open.delete(id),
    list: (target) => Object.fromEntries([...open].filter(([, name]) => target === undefined || name === target).map(([id, name]) => [id, { target_name: name }])),
    clear() {
      const ids = [...open.keys()];
      open.clear();
      return ids;
    },
  };
}
