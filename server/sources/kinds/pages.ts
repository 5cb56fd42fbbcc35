import { sha256 } from '../../lib/hash.ts'
import type { KindDefinition } from '../facts.ts'

function kindOf(given: string, url: string): string {
  if (/faq|вопрос/i.test(given) || /faq/i.test(url)) return 'faq'
  return /help|справк/i.test(given) ? 'help' : 'landing'
}

const pages: KindDefinition = {
  kind: 'pages',
  fields: {
    page_id: ['id страницы', 'page id', 'id раздела', 'section id'],
    url: ['адрес', 'ссылка', 'url', 'страница', 'page', 'link'],
    kind: ['вид', 'тип', 'тип страницы', 'kind', 'type', 'page type'],
    position: ['порядок', 'номер', 'позиция', 'position', 'order'],
    heading: ['вопрос', 'заголовок', 'раздел', 'question', 'heading', 'title', 'section'],
    text: ['ответ', 'текст', 'содержание', 'answer', 'text', 'body', 'content'],
    /** Of sections with one heading on a page, which this is. */
    occurrence: ['occurrence'],
    published_at: ['опубликовано', 'дата публикации', 'published at', 'published', 'дата'],
  },
  needs: [['text'], ['heading', 'url', 'page_id']],
  telling: ['heading', 'published_at', 'position', 'page_id'],
  read: row => {
    const heading = row.text('heading')
    const url = row.text('url')
    const given = row.text('kind') ?? ''
    const kind = kindOf(given, url ?? '')
    // A section is known by where it stands and what it is called: its text may change and it is still the same.
    const name = [url ?? kind, heading ?? '', row.text('occurrence') ?? []].flat().join('\n')
    return {
      client: null,
      entity: null,
      page: {
        page_id: row.text('page_id') ?? sha256(name).slice(0, 16),
        url,
        kind,
        position: row.count('position') ?? row.line,
        heading,
        text: row.need('text'),
        published_at: row.moment('published_at')?.slice(0, 10) ?? null,
      },
    }
  },
}

export default pages
