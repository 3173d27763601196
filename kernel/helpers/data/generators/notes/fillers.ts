import type { Random } from "../../random.js";

/** Invented towns and ordinary jobs: details that no list of identifiers names. */
export const towns = ["Millbrook", "Eastvale", "Northwick", "Harrow Bay", "Stonefield", "Low Marsh", "Kirkwell", "Elmsford", "Redcliff", "Ashby Green", "Fernhill", "Port Alder", "Whitmoor", "Glenmere", "Oakridge", "Sandholm", "Birchwood", "Cold Spring", "Haverley", "Tarn Hill"];
export const jobs = ["teacher", "bus driver", "baker", "nurse", "farmer", "clerk", "welder", "cook", "student", "carpenter", "painter", "plumber", "librarian", "dancer", "gardener", "tailor", "pilot", "fisher", "judge", "potter", "beekeeper", "lighthouse keeper", "violin maker", "mayor"];

/** Ten times as many bakers as beekeepers: the last eight jobs are rare. */
export const drawJob = (draw: Random): string => jobs[draw.uniform() < 0.9 ? draw.integer(0, jobs.length - 9) : draw.integer(jobs.length - 8, jobs.length - 1)]!;

const surnames = {
  train: ["Adams", "Baker", "Barnes", "Bennett", "Brooks", "Butler", "Carter", "Clark", "Coleman", "Cooper", "Davis", "Dixon", "Edwards", "Evans", "Foster", "Gibson", "Graham", "Griffin", "Hall", "Harris", "Hayes", "Hughes", "Jackson", "Jenkins", "Johnson", "Kelly", "Lewis", "Long", "Marshall", "Mason", "Mills", "Moore", "Murray", "Nelson", "Owens", "Parker", "Perry", "Price", "Reed", "Rose", "Shaw", "Spencer", "Stone", "Sullivan", "Turner", "Walker", "Ward", "Watson", "West", "Wright"],
  test: ["Allen", "Berry", "Brown", "Campbell", "Collins", "Cook", "Ellis", "Fisher", "Fletcher", "Grant", "Hill", "Holmes", "Hunt", "James", "King", "Lane", "Morgan", "Newman", "Palmer", "Pearce", "Rice", "Scott", "Taylor", "Young"],
};

export const surnamesOf = (part: "train" | "test" | "all"): readonly string[] => (part === "all" ? [...surnames.train, ...surnames.test] : surnames[part]);

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const two = (value: number): string => String(value).padStart(2, "0");

/** More precise than a year, in one of the ways that people write it. */
export function drawDate(draw: Random): string {
  const [day, month, year] = [draw.integer(1, 28), draw.integer(0, 11), draw.integer(2015, 2024)];
  const ways = [`${day} ${months[month]} ${year}`, `${months[month]} ${day}`, `${two(month + 1)}/${two(day)}/${year}`, `${year}-${two(month + 1)}-${two(day)}`, days[draw.integer(0, 6)]!];
  return ways[draw.integer(0, ways.length - 1)]!;
}

/** 555-01xx is kept free for stories. */
export const drawPhone = (draw: Random): string => (draw.uniform() < 0.5 ? `555-01${two(draw.integer(0, 99))}` : `(${draw.integer(201, 989)}) 555-01${two(draw.integer(0, 99))}`);

export const drawId = (draw: Random): string => (draw.uniform() < 0.5 ? String(draw.integer(1_000_000, 9_999_999)) : `${"ABCDEFGHK"[draw.integer(0, 8)]}${draw.integer(10_000, 99_999)}`);
export const drawDose = (draw: Random): string => `${[5, 10, 20, 25, 40, 50, 100, 250, 500][draw.integer(0, 8)]} mg`;
