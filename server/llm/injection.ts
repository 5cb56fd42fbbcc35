/**
 * Speech that is meant for a model and not for the company: orders to forget its instructions, to play a part, to answer in
 * some form. Such utterances are kept back whole. It is a first line only: what stands on the rest is checked all the same.
 */
const ORDERS = [
  // Forget what you were told.
  /(?:ignore|disregard|forget|override|bypass)[^.!?\n]{0,40}(?:instruction|prompt|rule|above|previous|earlier|prior|system)/i,
  /(?:игнорир|забуд|отбрось|не обращай|проигнорир|отмени)[^.!?\n]{0,40}(?:инструкц|промпт|правил|указани|предыдущ|выше|систем|сказан)/i,
  // Be somebody else.
  /\b(?:you are now|act as|pretend to be|from now on you|new instructions?)\b/i,
  /(?:ты теперь|веди себя как|притворись|новы[ей] инструкц|отныне ты)/i,
  // Talk about the model, or in its own marks.
  /\b(?:system|developer) (?:prompt|message)|\bas an? (?:ai|language model)|\b(?:chatgpt|gpt-?\d|llm)\b/i,
  /систем\S* (?:промпт|сообщени|запрос)|языков\S* модел|нейросет\S*,/i,
  /<\|[^|]{1,40}\|>|\[\/?INST\]|<\/?(?:system|assistant|instructions?|data)>|^\s*(?:system|assistant|user)\s*:/im,
  // Say what to answer.
  /\b(?:respond|reply|answer|output|print|return|write)\b[^.!?\n]{0,30}\b(?:only|exactly|json|with the (?:word|text|phrase)|the following)\b/i,
  /(?:ответь|отвечай|выведи|напечатай|верни|напиши в ответ)[^.!?\n]{0,30}(?:только|ровно|json|следующ|слов|текст|фраз)/i,
]

/** Whether an utterance gives orders to a model. */
export function speaksToModel(text: string): boolean {
  return ORDERS.some(pattern => pattern.test(text))
}
