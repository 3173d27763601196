import { say } from "../../../display/language.js";
import { known, nonNegative, positive } from "../../arguments.js";
import { showAs } from "../../label/show.js";

export interface EnergyInput {
  /** Seconds of computing, measured (`latency`, a training's time). One of `seconds` and `macs`. */
  seconds?: number;
  /** Multiply-accumulates (`modelCost`), where there is no machine to measure on. */
  macs?: number;
  /** Numbers read from memory, for the estimate from `macs`: the parameters, if they do not stay in a cache. Default 0. */
  memoryReads?: number;
  /** Bits of a number, for the estimate from `macs`: 32 (default) or 8. */
  bits?: 8 | 32;
  /** How often: predictions a day, runs of a training. Default 1. */
  times?: number;
}

export interface EnergyOptions {
  /** Power while computing. Default 15: the base power of a thin laptop's processor as its makers state it. A desktop: 65; a large accelerator: 700. */
  watts?: number;
  /** What the building draws for each watt of the machine; default 1. A data centre: 1.1 to 1.6. */
  overhead?: number;
  /** Grams of CO2 equivalent a kWh. Default 473: world mean of 2024 (Ember, Global Electricity Review 2025). */
  gramsPerKwh?: number;
  /** Money a kWh, in `currency`. Default 0.15 USD: world mean for households at the end of 2024 (GlobalPetrolPrices). */
  pricePerKwh?: number;
  /** Default "USD". */
  currency?: string;
}

export interface EnergyRow {
  readonly quantity: string;
  readonly value: number;
  readonly unit: string;
  /** "given": by the caller, who may have measured it. "assumed": a default or a choice. "estimated": computed from these. Nothing on this sheet is a measurement of energy. */
  readonly basis: "given" | "assumed" | "estimated";
  readonly note: string;
}

export interface EnergySheet {
  readonly kwh: number;
  readonly cost: number;
  readonly grams: number;
  readonly rows: readonly EnergyRow[];
}

/** Picojoules of one multiplication and addition, and of one 32-bit number from memory: 45 nm, 0.9 V. */
const picojoules = { 32: 3.7 + 0.9, 8: 0.2 + 0.1, memory: 640 } as const;

/**
 * What computing takes in electricity, money and CO2: an estimate with every assumption beside it. From time: `seconds x watts x overhead`. From operations: picojoules each (32-bit 4.6, 8-bit with a 32-bit sum
 * 0.3, a number from memory 640; a chip of 2014, today's need less, and a processor spends most on everything around them): a lower bound that compares two models, not a bill.
 *
 * @throws `expected one of seconds and macs, got 0`; `expected watts > 0, got 0`
 * @see Horowitz (2014), "Computing's energy problem"; Strubell et al. (2019), "Energy and policy considerations for deep learning in NLP"
 * @example
 * const { kwh, grams } = compress.energySheet({ seconds: 3600 }, { watts: 100, gramsPerKwh: 500 });
 * [kwh, grams] // [0.1, 50.0]
 */
export function energySheet(input: EnergyInput, options: EnergyOptions = {}): EnergySheet {
  known(input, ["seconds", "macs", "memoryReads", "bits", "times"]);
  known(options, ["watts", "overhead", "gramsPerKwh", "pricePerKwh", "currency"]);
  const given = [input.seconds, input.macs].filter((one) => one !== undefined).length;
  if (given !== 1) throw new TypeError(`expected one of seconds and macs, got ${given}`);
  const times = positive({ times: input.times ?? 1 });
  const overhead = positive({ overhead: options.overhead ?? 1 });
  const gramsPerKwh = nonNegative({ gramsPerKwh: options.gramsPerKwh ?? 473 });
  const pricePerKwh = nonNegative({ pricePerKwh: options.pricePerKwh ?? 0.15 });
  const { currency = "USD" } = options;
  const assumed = (name: keyof EnergyOptions): "given" | "assumed" => (options[name] === undefined ? "assumed" : "given");
  const row = (quantity: string, value: number, unit: string, basis: EnergyRow["basis"], note = ""): EnergyRow => Object.freeze({ quantity, value, unit, basis, note });
  const { rows: first, joules } = input.seconds !== undefined ? fromTime(input.seconds) : fromOperations(input.macs!);

  function fromTime(seconds: number): { rows: EnergyRow[]; joules: number } {
    nonNegative({ seconds });
    if (input.memoryReads !== undefined || input.bits !== undefined) throw new TypeError("expected memoryReads and bits with macs only: time has them in it");
    const watts = positive({ watts: options.watts ?? 15 });
    return { joules: seconds * watts, rows: [row("time", seconds, "s", "given"), row("power", watts, "W", assumed("watts"), options.watts === undefined ? "base power of a thin laptop's processor" : "")] };
  }
  function fromOperations(macs: number): { rows: EnergyRow[]; joules: number } {
    nonNegative({ macs });
    if (options.watts !== undefined) throw new TypeError("expected watts with seconds only: operations are counted in picojoules");
    const { bits = 32, memoryReads = 0 } = input;
    if (bits !== 8 && bits !== 32) throw new RangeError(`expected bits to be 8 or 32, got ${String(bits)}`);
    nonNegative({ memoryReads });
    const read = (picojoules.memory * bits) / 32;
    return {
      joules: (macs * picojoules[bits] + memoryReads * read) * 1e-12,
      rows: [row("multiply-accumulates", macs, "", "given"), row(`each, ${bits} bits`, picojoules[bits], "pJ", "assumed", "45 nm chip, Horowitz 2014"), row("numbers from memory", memoryReads, "", "given"), row("each", read, "pJ", "assumed", "45 nm chip, Horowitz 2014")],
    };
  }
  const kwh = (joules * overhead * times) / 3.6e6;
  const rows = [
    ...first,
    row("times", times, "", input.times === undefined ? "assumed" : "given"),
    row("overhead of the building", overhead, "", assumed("overhead")),
    row("energy", kwh, "kWh", "estimated"),
    row("price", pricePerKwh, `${currency}/kWh`, assumed("pricePerKwh"), options.pricePerKwh === undefined ? "world mean for households, end of 2024, GlobalPetrolPrices" : ""),
    row("cost", kwh * pricePerKwh, currency, "estimated"),
    row("carbon intensity", gramsPerKwh, "g CO2e/kWh", assumed("gramsPerKwh"), options.gramsPerKwh === undefined ? "world mean of 2024, Ember 2025" : ""),
    row("emissions", kwh * gramsPerKwh, "g CO2e", "estimated", "of the electricity; without making the machine"),
  ];
  const result: EnergySheet = { kwh, cost: kwh * pricePerKwh, grams: kwh * gramsPerKwh, rows: Object.freeze(rows) };
  return showAs(result, () => rows, () => say("Energy and cost: estimated, not measured", "能耗与成本：估算值，非测量值"));
}
