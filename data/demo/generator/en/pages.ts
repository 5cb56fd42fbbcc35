/** Larkpane's landing pages and FAQ: some questions answered, some poorly, some not at all. */
import type { PageRow } from '../rows.ts'
import { site } from './company.ts'

const landing = (path: string, position: number, heading: string, text: string): PageRow => ({
  url: `${site}${path}`,
  kind: 'landing',
  position,
  heading,
  text,
  published_at: '2025-05-12',
})
const faq = (position: number, heading: string, text: string, published_at = '2025-05-12'): PageRow => ({
  url: `${site}/faq`,
  kind: 'faq',
  position,
  heading,
  text,
  published_at,
})

export const pages: PageRow[] = [
  landing(
    '/',
    1,
    'Windows, doors and conservatories',
    'Made to measure and fitted by our own teams. Tell us about your home and we will be in touch.',
  ),
  landing('/windows', 1, 'Windows from £299', 'Beautiful replacement windows. Ask for a quote today.'),
  landing('/sash', 1, 'Sash windows', 'Traditional looks, modern comfort.'),
  landing('/bifold', 1, 'Bifold doors', 'Open your home to the garden.'),
  landing('/conservatory', 1, 'Conservatory roofs', 'Use it all year round.'),
  landing('/doors', 1, 'Front doors', 'A warm welcome.'),
  landing('/repairs', 1, 'Repairs', 'Misted units, hinges and handles.'),
  landing('/landlords', 1, 'Landlords and agents', 'Blocks of any size. Individual terms.'),
  faq(
    1,
    'What is included in the price?',
    'The units, fitting, making good inside and out, VAT, and taking the old windows away. Scaffolding and redecorating are not included; if you need scaffolding it is a separate line in your quote.',
    '2026-04-15',
  ),
  faq(2, 'What guarantee do you give?', 'All our work is guaranteed.'),
  faq(
    3,
    'How long is the wait?',
    'White frames about three weeks from survey, coloured frames about six. The date is in your contract.',
  ),
  faq(4, 'Is the survey free?', 'Yes. There is no charge and no obligation.'),
  faq(
    5,
    'How much deposit do you take?',
    'A quarter when you order, the rest when the job is finished. Deposits are protected.',
  ),
  faq(
    6,
    'Do you offer discounts?',
    'Seven percent from three windows, and a further five if you pay in full.',
  ),
  faq(
    7,
    'What colours are there?',
    'Twenty, the same on both sides or white inside. Allow fifteen percent more and three extra weeks.',
  ),
  faq(
    8,
    'How secure are your windows and doors?',
    'Multi-point locks tested to the police-preferred standard, with laminated glass on request.',
  ),
  faq(
    9,
    'How long does fitting take?',
    'A house of eight windows takes two days, bifold doors one day plus a day for making good.',
  ),
  faq(10, 'Will new windows cut the noise?', 'Modern windows have good sound insulation.'),
]
