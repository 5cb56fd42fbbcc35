/** «Ветролад»: окна и остекление балконов в пяти городах. Everything about it is invented; the towns are real places. */
import type { City, Manager } from '../pack.ts'

export const site = 'https://vetrolad.example.ru'

export const cities: City[] = [
  { name: 'Самара', region: 'Самарская область', check: 1, slots: { город: 'Самара', 'город.п': 'Самаре' } },
  {
    name: 'Тольятти',
    region: 'Самарская область',
    check: 0.92,
    slots: { город: 'Тольятти', 'город.п': 'Тольятти' },
  },
  {
    name: 'Казань',
    region: 'Республика Татарстан',
    check: 1.38,
    slots: { город: 'Казань', 'город.п': 'Казани' },
  },
  {
    name: 'Саратов',
    region: 'Саратовская область',
    check: 0.9,
    slots: { город: 'Саратов', 'город.п': 'Саратове' },
  },
  {
    name: 'Ульяновск',
    region: 'Ульяновская область',
    check: 0.86,
    slots: { город: 'Ульяновск', 'город.п': 'Ульяновске' },
  },
]

export const managers: Manager[] = [
  { name: 'Анна Белова', first: 'Анна', gender: 'f', strength: 1.62, share: 0.17 },
  { name: 'Дмитрий Чернов', first: 'Дмитрий', gender: 'm', strength: 0.98, share: 0.19 },
  { name: 'Ольга Серова', first: 'Ольга', gender: 'f', strength: 0.96, share: 0.18 },
  { name: 'Игорь Краснов', first: 'Игорь', gender: 'm', strength: 0.86, share: 0.16 },
  { name: 'Марина Зимина', first: 'Марина', gender: 'f', strength: 0.92, share: 0.17 },
  { name: 'Павел Лугов', first: 'Павел', gender: 'm', strength: 0.63, share: 0.13 },
]
