/** English term -> the Chinese word of this course. A lesson that lists a term must give this twin. */
export const glossary: Readonly<Record<string, string>> = {
  tensor: "张量", feature: "特征", label: "标签", sample: "样本", "ground truth": "真实值", "training set": "训练集", "validation set": "验证集", "test set": "测试集",
  loss: "损失", batch: "批量", "mini-batch": "小批量", epoch: "轮", hyperparameter: "超参数", baseline: "基线", overfitting: "过拟合", underfitting: "欠拟合",
  generalization: "泛化", regularization: "正则化", "weight decay": "权重衰减",
  accuracy: "准确率", precision: "精确率", recall: "召回率", "F1 score": "F1 分数", perplexity: "困惑度", "confusion matrix": "混淆矩阵", "mean squared error": "均方误差", "cross-entropy": "交叉熵",
  gradient: "梯度", "gradient descent": "梯度下降", "learning rate": "学习率", "back-propagation": "反向传播", "forward pass": "前向传播", initialization: "初始化", "activation function": "激活函数", "early stopping": "早停",
  "data leakage": "数据泄漏", "near-duplicate": "近似重复", "de-duplication": "去重", "data card": "数据卡", "data augmentation": "数据增强", augmentation: "数据增强", provenance: "来源", "distribution shift": "分布偏移", "covariate shift": "协变量偏移",
  annotation: "标注", annotator: "标注者", "inter-annotator agreement": "标注一致性", "weak supervision": "弱监督", "labelling function": "标注函数", "pseudo-label": "伪标签", "active learning": "主动学习", crowdsourcing: "众包",
  convolution: "卷积", kernel: "卷积核", channel: "通道", stride: "步幅", padding: "填充", pooling: "池化", "feature map": "特征图", "receptive field": "感受野", "depthwise separable convolution": "深度可分离卷积", dropout: "暂退法", normalization: "归一化", "transfer learning": "迁移学习", "fine-tuning": "微调",
  token: "词元", tokenizer: "分词器", embedding: "嵌入", "self-attention": "自注意力", mask: "掩码", pretraining: "预训练", "named entity recognition": "命名实体识别", "parameter-efficient fine-tuning": "参数高效微调",
  node: "节点", edge: "边", "message passing": "消息传递", "self-loop": "自环", homophily: "同配性", heterophily: "异配性", "random walk": "随机游走",
  "domain shift": "领域偏移", latency: "延迟", "gold question": "金标准题",
  quantization: "量化", pruning: "剪枝", sparsity: "稀疏度", "edge device": "端侧设备", fairness: "公平性", "de-identification": "去标识化", "informed consent": "知情同意",
};

/** Words that this course does not use, in prose (code is left out). */
export const avoided: readonly { word: RegExp; say: string; why: string }[] = [
  { word: /您/u, say: "你", why: "lessons say 你 and 我们" },
  { word: /实体命名识别/u, say: "命名实体识别", why: "the field's word" },
  { word: /特征泄露|标签泄露|数据泄露(?!事件|事故|丑闻)/u, say: "泄漏", why: "泄露 is kept for breaches" },
  { word: /查准率/u, say: "精确率", why: "one word for precision" },
  { word: /查全率/u, say: "召回率", why: "one word for recall" },
  { word: /图像增广|数据增广/u, say: "数据增强", why: "one word for augmentation" },
  { word: /汇聚层/u, say: "池化层", why: "the word most readers know" },
  { word: /实体(?:抽取)?命名/u, say: "命名实体", why: "the field's word" },
];
