/** Names of columns that say who somebody is, in English and Chinese; whole words of a name, so that `age` is found in `age_years` and not in `mileage`. */
const words = [
  "sex", "gender", "race", "racial", "ethnicity", "ethnic", "nationality", "national origin", "citizen", "citizenship", "foreign worker", "religion", "faith", "age", "birth", "birthday", "dob", "birthdate",
  "disability", "disabled", "pregnant", "pregnancy", "marital", "married", "orientation", "skin", "colour of skin", "caste", "union", "political", "veteran", "indigenous", "native language",
];
const pattern = new RegExp(`(?:^|[^a-z])(?:${words.map((word) => word.replaceAll(" ", "[^a-z]?")).join("|")})(?:$|[^a-z])`);
const chinese = /性别|民族|种族|国籍|宗教|年龄|出生|生日|残疾|怀孕|婚姻|婚否|政治面貌|户口|户籍|籍贯/;

export function isProtected(name: string): boolean {
  // foreignWorker reads as foreign_worker
  return pattern.test(name.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase()) || chinese.test(name);
}
