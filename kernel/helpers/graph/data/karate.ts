import { compress } from "../structure/build.js";
import type { Graph } from "../structure/contract.js";

/** For each node the members with higher numbers that it met outside the club. */
const ties = `0: 1 2 3 4 5 6 7 8 10 11 12 13 17 19 21 31; 1: 2 3 7 13 17 19 21 30; 2: 3 7 8 9 13 27 28 32; 3: 7 12 13; 4: 6 10; 5: 6 10 16; 6: 16;
8: 30 32 33; 9: 33; 13: 33; 14: 32 33; 15: 32 33; 18: 32 33; 19: 33; 20: 32 33; 22: 32 33; 23: 25 27 29 32 33; 24: 25 27 31; 25: 31; 26: 29 33; 27: 33;
28: 31 33; 29: 32 33; 30: 32 33; 31: 32 33; 32: 33`;

const sides = "iiiiiiiiiaiiiiaaiiaiaiaaaaaaaaaaaa";

/**
 * The karate club: 34 members, who met whom outside it, and with whom each went when the club split: the instructor (node 0) or the administrator
 * (node 33). Observed from 1970 to 1972; numbers count from 0, the paper's from 1.
 *
 * Source: Zachary 1977; networkx `karate_club_graph`, without its weights.
 * @example
 * const { graph: club, clubs } = graph.karateClub();
 * club.edges // 78
 * clubs[33] // "administrator"
 */
export function karateClub(): { readonly graph: Graph; readonly clubs: readonly ("instructor" | "administrator")[] } {
  const pairs = ties.split(";").flatMap((row) => {
    const [from, to] = row.split(":");
    return to.trim().split(" ").map((other) => [Number(from), Number(other), 1] as const);
  });
  const clubs = [...sides].map((side) => (side === "i" ? "instructor" as const : "administrator" as const));
  return Object.freeze({ graph: compress(pairs, clubs.map((_, at) => String(at)), false), clubs });
}
