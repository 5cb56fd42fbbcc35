import { sha256 } from '../../lib/hash.ts'
import type { KindDefinition } from '../facts.ts'

const pages: KindDefinition = {
  kind: 'pages',
  fields: {
    page_id: ['id страницы', 'page id', 'id раздела', 'section id'],
    url: ['адрес', 'ссылка', 'url', 'страница', 'page', 'link'],
    kind: ['вид', 'тип', 'тип страницы', 'kind', 'type', 'page type'],
    position: ['порядок', 'номер', 'позиция', 'position', 'order'],
    heading: ['вопрос', 'заголовок', 'раздел', 'question', 'heading', 'title', 'section'],
    text: ['ответ', 'текст', 'содержание', 'answer', 'text', 'body', 'content'],
    published_at: ['опубликовано', 'дата публикации', 'published at', 'published', 'дата'],
  },
  needs: [['text'], ['heading', 'url', 'page_id']],
  telling: ['heading', 'published_at', 'position', 'page_id'],
  read: row => {
    const heading = row.text('heading')
    const url = row.text('url')
    const kind = row.text('kind') ?? ''
    return {
      client: null,
      entity: null,
      page: {
        // A section is known by where it stands and what it is called: its text may change and it is still the same.
        page_id: row.text('page_id') ?? sha256(`${url ?? ''}\n${heading ?? ''}`).slice(0, 16),
        url,
        kind:
          /faq|вопрос/i.test(kind) || /faq/i.test(url ?? '')
            ? 'faq'
            : /help|справк/i.test(kind)
              ? 'help'
              : 'landing',
        position: row.count('position') ?? row.line,
        heading,
        text: row.need('text'),
        published_at: row.moment('published_at')?.slice(0, 10) ?? null,
      },
    }
  },
}

export default pages
