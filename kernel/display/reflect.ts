/** Reading objects without running their code: getters and `Symbol.hasInstance` of user objects are never called. */

/** The value of an own data property; undefined for accessors, missing keys and hostile proxies. */
export function own(object: unknown, key: PropertyKey): unknown {
  if (!isObject(object)) return undefined;
  try {
    return Object.getOwnPropertyDescriptor(object, key)?.value;
  } catch {
    return undefined;
  }
}

/** The value of a data property on the object or its prototypes. */
export function inherited(object: unknown, key: PropertyKey): unknown {
  return descriptor(object, key)?.value;
}

/** A method found without calling a getter, bound to its object. */
export function method(object: unknown, key: PropertyKey): ((...args: unknown[]) => unknown) | undefined {
  const found = inherited(object, key);
  return typeof found === "function" ? (...args) => Reflect.apply(found, object, args) : undefined;
}

export function descriptor(object: unknown, key: PropertyKey): PropertyDescriptor | undefined {
  try {
    for (let o = object, steps = 0; isObject(o) && steps < 100; o = Object.getPrototypeOf(o), steps++) {
      const found = Object.getOwnPropertyDescriptor(o, key);
      if (found) return found;
    }
  } catch {
    // A proxy's trap threw: nothing can be known of it.
  }
  return undefined;
}

export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** Made by `{}`, `Object.create(null)` or JSON, in any realm. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  try {
    const proto = Object.getPrototypeOf(value);
    return proto === null || (Object.getPrototypeOf(proto) === null && Object.hasOwn(proto, "isPrototypeOf"));
  } catch {
    return false;
  }
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof inherited(value, "then") === "function";
}

/** Name of the class that made the object; null for objects without a prototype; undefined where it cannot be told. */
export function className(object: object): string | null | undefined {
  try {
    let proto = Object.getPrototypeOf(object);
    if (proto === null) return null;
    for (let steps = 0; proto && steps < 100; proto = Object.getPrototypeOf(proto), steps++) {
      const name = own(own(proto, "constructor"), "name");
      if (typeof name === "string" && name) return name.slice(0, 200);
    }
  } catch {
    // Hostile proxy.
  }
  return undefined;
}

/** True if a built-in method accepts the object: tells Map from look-alikes, across realms, without asking the object. */
export function branded(object: object, probe: (this: never, ...args: never[]) => unknown, ...args: unknown[]): boolean {
  try {
    Reflect.apply(probe, object, args);
    return true;
  } catch {
    return false;
  }
}
