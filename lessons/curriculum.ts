import type { Text } from "./checks/contract.js";

/** One lesson of the road: what it must teach, as patterns of words in both languages. */
export interface Row {
  readonly number: string;
  readonly id: string;
  readonly title: Text;
  readonly covers: readonly Text[];
}

const row = (number: string, id: string, en: string, zh: string, covers: [en: string, zh: string][]): Row => ({ number, id, title: { en, zh }, covers: covers.map(([english, chinese]) => ({ en: english, zh: chinese })) });

/** The road so far. */
export const curriculum: readonly Row[] = [
  row("01", "start", "AI for everyone", "人人可用的 AI", [
    ["\\bcompute\\b|computing power", "算力"], ["\\bdata\\b", "数据"], ["talent|expert", "人才|专家"], ["\\bcost", "成本|费用|花费"], ["three (eras|ages|times)|third era", "三个(时代|阶段)|第三个?(时代|阶段)"],
  ]),
  row("02", "data", "Data you can trust", "可信的数据", [
    ["collect|acqui", "采集|收集|获取"], ["clean", "清洗|清理"], ["governance|\\bgovern", "治理"], ["licen[cs]e", "许可"], ["provenance", "来源"], ["augment", "增强"], ["synthe", "合成"],
  ]),
  row("03", "labels", "Labelling", "数据标注", [
    ["label(l)?ing function", "标注函数"], ["pseudo-label|semi-supervised", "伪标签|半监督"], ["label quality|quality of (the )?labels|label error", "标签质量|标注质量|标签错误"], ["fair|group", "公平|群体|人群"], ["active learning", "主动学习"],
  ]),
  row("04", "rules", "Rules and trees", "规则与决策树", [
    ["expert system", "专家系统"], ["explanation|explain", "解释"], ["path", "路径"],
  ]),
  row("05", "regression", "Gradient descent", "梯度下降", [
    ["mean squared error", "均方误差"], ["column|feature", "列|特征"], ["segregation|prejudice", "偏见|隔离"],
  ]),
  row("06", "network", "A neural network by hand", "手写神经网络", [
    ["cross-entropy", "交叉熵"], ["back-?propagation", "反向传播"], ["initiali[sz]", "初始化"], ["overfit", "过拟合"],
  ]),
  row("07", "images", "Convolution", "卷积网络", [
    ["convolution", "卷积"], ["MobileNet", "MobileNet"], ["activation map|feature map", "激活图|特征图"], ["pooling", "池化"],
  ]),
  row("08", "transfer", "Sorting waste", "垃圾分类", [
    ["transfer learning", "迁移学习"], ["domain shift", "域偏移|领域偏移|分布偏移"], ["phone|mobile", "手机|移动端"],
  ]),
  row("09", "attention", "Attention and a tiny GPT", "注意力与小型 GPT", [
    ["transformer", "Transformer"], ["pretrain", "预训练"], ["embedding", "嵌入"], ["perplexity", "困惑度"],
  ]),
  row("10", "ner", "Reading medical notes", "医疗命名实体识别", [
    ["BERT", "BERT"], ["fine-tun", "微调"], ["each class|per class|every class|class by class", "各类|每一?类|按类|逐类"], ["de-identif", "去标识化"],
  ]),
  row("11", "lora", "Tuning a little of a lot", "参数高效微调", [
    ["LoRA", "LoRA"], ["AdaLoRA", "AdaLoRA"], ["adapter", "适配器"], ["\\bcost|\\btime\\b", "成本|代价|时间"],
  ]),
  row("12", "graphs", "Learning on graphs", "图学习", [
    ["GCN|graph convolution", "GCN|图卷积"], ["node embedding|embedding", "节点嵌入|嵌入"], ["homophily", "同配性"],
  ]),
  row("13", "recommend", "Recommending and testing", "推荐与 A/B 测试", [
    ["recommender", "推荐系统"], ["matrix factori[sz]ation", "矩阵分解"], ["NDCG", "NDCG"], ["popularity bias", "流行度偏差"], ["A/B test", "A/B 测试"], ["\\bpower\\b", "统计功效"], ["stopping rule", "停止规则"], ["sequential", "序贯"],
  ]),
  row("14", "efficient", "Small models", "模型压缩", [
    ["prun", "剪枝"], ["quanti[sz]", "量化"], ["parameter sharing|weight sharing", "参数共享|权重共享"], ["distil", "蒸馏"], ["architecture search", "架构搜索"], ["mixed precision", "混合精度"], ["edge device", "端侧设备"], ["energy", "能耗|能量"], ["\\bcost", "成本|代价|费用"],
  ]),
  row("15", "scale", "Many machines", "分布式训练与服务", [
    ["\\bdecompose", "分解"], ["\\bdistribute", "分发"], ["in parallel", "并行地"], ["\\baggregate", "汇总"], ["data parallelism", "数据并行"], ["all-reduce", "全归约"], ["model parallelism", "模型并行"], ["pipeline", "流水线"],
    ["\\bserving", "推理服务"], ["batching", "批处理"], ["under load", "高峰"], ["staleness", "陈旧度"], ["resource planning", "资源规划"],
  ]),
];
