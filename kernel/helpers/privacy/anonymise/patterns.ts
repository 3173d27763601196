/** What `deidentify` looks for. */
export type IdentifierKind = "name" | "date" | "phone" | "email" | "address" | "id" | "url";

export interface Pattern {
  kind: IdentifierKind;
  regex: RegExp;
  /** More than the form: a checksum. */
  holds?: (text: string) => boolean;
}

const month = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?";
const word = "[A-Z][a-z]+(?:['’-][A-Z]?[a-z]+)*";
const fullName = `${word}(?:[ ](?:[A-Z]\\.|${word})){0,2}`;
const street = "(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Square|Terrace|Way)\\b\\.?";
/** The hundred or so most common surnames, two-character ones first. */
const surname = "(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|王|李|张|刘|陈|杨|赵|黄|周|吴|徐|孙|胡|朱|高|林|何|郭|马|罗|梁|宋|郑|谢|韩|唐|冯|于|董|萧|程|曹|袁|邓|许|傅|沈|曾|彭|吕|苏|卢|蒋|蔡|贾|丁|魏|薛|叶|阎|余|潘|杜|戴|夏|钟|汪|田|任|姜|范|方|石|姚|谭|廖|邹|熊|金|陆|郝|孔|白|崔|康|毛|邱|秦|江|史|顾|侯|邵|孟|龙|万|段|雷|钱|汤|尹|黎|易|常|武|乔|贺|赖|龚|文)";
const chinese = "[\\u4e00-\\u9fff]";
const given = `${chinese}{1,2}`;

/** Order matters where spans of one length begin at one place: the first wins. */
export const patterns: readonly Pattern[] = [
  { kind: "email", regex: /(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/gu },
  { kind: "url", regex: /\bhttps?:\/\/[^\s，。；、"'<>]+/gu },
  { kind: "id", regex: /(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/gu, holds: residentChecksum },
  { kind: "id", regex: /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/gu },
  { kind: "id", regex: /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/gu, holds: luhn },
  { kind: "id", regex: /(?<=\b(?:MRN|SSN|ID|Passport|Licen[cs]e|Account|Policy)(?:[ ](?:No\.?|number))?[ ]?[:#]?[ ]?)\b(?=[A-Z\d-]*\d)[A-Z\d][A-Z\d-]{4,}/gu },
  { kind: "id", regex: /(?<=(?:身份证|护照|病历|学|工|社保|医保|银行卡|账)号?码?[：:为是]?\s?)(?<![A-Za-z\d-])[A-Za-z\d-]{5,}/gu },
  { kind: "date", regex: /(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)/gu },
  { kind: "date", regex: /(?<![\d.])\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d|\.\d)/gu },
  { kind: "date", regex: new RegExp(`\\b${month}[ ]\\d{1,2}(?:st|nd|rd|th)?(?:,?[ ]\\d{4})?\\b`, "gu") },
  { kind: "date", regex: new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th)?(?: of)?[ ]${month}(?:,?[ ]\\d{4})?(?![a-z])`, "gu") },
  { kind: "date", regex: /(?:\d{4}|[〇零一二三四五六七八九]{4})年(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?)?|(?<!\d)\d{1,2}月\d{1,2}[日号]/gu },
  { kind: "phone", regex: /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/gu },
  { kind: "phone", regex: /(?<!\d)0\d{2,3}[ -]?\d{7,8}(?:-\d{1,5})?(?!\d)/gu },
  { kind: "phone", regex: /(?<![\d+])(?:\+?1[ .-]?)?(?:\(\d{3}\)[ ]?|\d{3}[ .-])\d{3}[ .-]\d{4}(?!\d)/gu },
  { kind: "phone", regex: /(?<!\w)\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}(?!\d)/gu },
  { kind: "address", regex: new RegExp(`\\b\\d{1,6}[A-Za-z]?[ ](?:[NSEW]\\.?[ ])?(?:${word}[ ]|\\d+(?:st|nd|rd|th)[ ]){1,3}${street}(?:,?[ ](?:Apt|Apartment|Unit|Suite|#)\\.?[ ]?\\w+)?(?:,[ ]${word}(?:[ ]${word})?)?(?:,[ ][A-Z]{2}[ ]\\d{5}(?:-\\d{4})?)?`, "gu") },
  { kind: "address", regex: /\bP\.?O\.? Box \d+/gu },
  { kind: "address", regex: /(?:[\u4e00-\u9fff]{2,7}(?:省|自治区))?(?:[\u4e00-\u9fff]{2,6}市)?(?:[\u4e00-\u9fff]{1,6}[区县])?[\u4e00-\u9fff\d]{1,9}(?:路|街|大道|巷|胡同|弄)(?:\d+|[一二三四五六七八九十百]+)号?(?:[\dA-Za-z]+[栋幢座号楼单元室层-]*)*/gu },
  { kind: "name", regex: new RegExp(`(?<=\\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Doctor|Nurse|Sir|Dame)\\.?[ ])${fullName}`, "gu") },
  { kind: "name", regex: new RegExp(`(?<=\\b(?:[Mm]y name is|[Nn]ame:|[Pp]atient(?: name)?:|[Ss]igned,?|[Dd]ear|[Ss]incerely,|[Rr]egards,)\\s)${fullName}`, "gu") },
  { kind: "name", regex: new RegExp(`${surname}${given}(?=先生|女士|小姐|太太|老师|医生|教授|同学|律师|主任|护士|经理)|${surname}(?=先生|女士|小姐|太太|老师|医生|教授|同学|律师|主任|护士|经理)`, "gu") },
  { kind: "name", regex: new RegExp(`(?<=姓名[：:为是]?\\s?|我叫|名叫|我是|患者[：:]?|联系人[：:]?|签名[：:]?)${surname}${given}(?!${chinese})`, "gu") },
];

/** Of a Chinese resident identity number (GB 11643: ISO 7064, MOD 11-2). */
function residentChecksum(text: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(text[at]), 0);
  return "10X98765432"[sum % 11] === text[17]!.toUpperCase();
}

/** Of payment cards (ISO/IEC 7812). */
function luhn(text: string): boolean {
  const digits = [...text].filter((character) => /\d/.test(character)).map(Number).reverse();
  return digits.reduce((sum, digit, at) => sum + (at % 2 ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit), 0) % 10 === 0;
}
