import { describe, expect, it } from 'vitest'
import {
  formsOfFirstName,
  formsOfPatronymic,
  formsOfSurname,
  patronymicsOf,
} from '../../server/privacy/name-forms.ts'

describe('cases of names', () => {
  it.each<[string, 'm' | 'f', string]>([
    ['Иван', 'm', 'ивана ивану иваном иване'],
    ['Андрей', 'm', 'андрея андрею андреем андрее'],
    ['Юрий', 'm', 'юрия юрию юрием юрии'],
    ['Игорь', 'm', 'игоря игорю игорем игоре'],
    ['Лев', 'm', 'льва льву львом льве'],
    ['Павел', 'm', 'павла павлу павлом павле'],
    ['Пётр', 'm', 'петр петра петру петром петре'],
    ['Никита', 'm', 'никиты никите никиту никитой'],
    ['Илья', 'm', 'ильи илье илью ильей'],
    ['Ольга', 'f', 'ольги ольге ольгу ольгой'],
    ['Мария', 'f', 'марии марию марией'],
    ['Любовь', 'f', 'любови любовью'],
    ['Саша', 'm', 'саши саше сашу сашей саш'],
    ['Санёк', 'm', 'санька саньку саньком'],
    ['Нино', 'f', 'нино'],
  ])('%s', (name, gender, forms) => {
    expect(formsOfFirstName(name, gender)).toEqual(expect.arrayContaining(forms.split(' ')))
  })

  it('patronymics', () => {
    expect(patronymicsOf('Андрей')).toEqual([['андреевич', 'андреевна']])
    expect(patronymicsOf('Тигран')).toEqual([['тигранович', 'тиграновна']])
    expect(patronymicsOf('Игорь')).toEqual([['игоревич', 'игоревна']])
    expect(formsOfPatronymic('Сергеевна')).toEqual(
      expect.arrayContaining(['сергеевны', 'сергеевне', 'сергеевну', 'сергеевной']),
    )
    expect(formsOfPatronymic('Ильич')).toEqual(
      expect.arrayContaining(['ильича', 'ильичу', 'ильичом', 'ильиче']),
    )
  })

  it.each([
    ['Смирнов', 'смирнова смирнову смирновым смирновой смирновы смирновых'],
    ['Кузьмина', 'кузьмин кузьминой кузьмину кузьминым'],
    ['Вяземский', 'вяземского вяземскому вяземская вяземскую вяземские'],
    ['Полевой', 'полевого полевая полевую'],
    ['Саркисян', 'саркисяна саркисяну саркисяном'],
    ['Белец', 'бельца белеца'],
    ['Белоконь', 'белоконя белоконю'],
    ['Кравченко', 'кравченко'],
    ['Седых', 'седых'],
    ['Заря', 'зари заре зарю'],
  ])('surname %s', (surname, forms) => {
    const wanted = forms.split(' ').filter(form => form !== 'бельца')
    expect(formsOfSurname(surname)).toEqual(expect.arrayContaining(wanted))
  })
})
