/** Sentences by a small grammar of everyday and trade English; `(a|b|)` says one of its parts, capitals are slots. */
import type { Random } from '../../lib/random.ts'

const SLOTS: Record<string, string> = {
  N: `card,account,order,delivery,window,door,invoice,payment,refund,warranty,appointment,kitchen,car,phone,ticket,booking,
    flight,password,policy,claim,contract,subscription,router,laptop,dentist,course,lesson,parcel,room,discount,quote,deposit,
    survey,installation,price,manager,engineer,team,website,app,email,letter,boiler,roof,fence,sofa,dog,school,meeting,bill,
    statement,balance,transfer,loan,mortgage,insurance,recipe,restaurant,song,weather,train,bus,hotel,passport,visa,charger`,
  V: `pay,cancel,change,order,book,check,return,fix,install,deliver,open,close,update,call,send,find,use,move,buy,sell,see,
    get,make,track,transfer,renew,extend,replace,clean,measure,fit,claim,confirm,schedule,reset,block,activate,withdraw`,
  G: `paying,waiting,working,moving,ordering,looking,thinking,using,charging,calling,trying,going,taking,making`,
  E: `paid,cancelled,changed,ordered,booked,called,returned,fixed,installed,delivered,moved,received,charged,waited,tried`,
  A: `new,old,free,cheap,expensive,good,bad,quick,late,early,small,large,broken,white,safe,available,extra,monthly,final,local`,
  T: `today,tomorrow,on Saturday,next week,this morning,by Friday,in two weeks,last month,at the weekend,before Christmas,yesterday,every day`,
  P: `at home,in the kitchen,at the office,in town,on your website,in the app,in the ad,near the station,upstairs,abroad`,
  W: `my wife,my husband,my neighbour,my son,the driver,the manager,the fitter,a friend,our landlord,someone,the agent`,
  D: `two,three,five,ten,twenty,50,100,1500,2000`,
}
const slots = Object.fromEntries(
  Object.entries(SLOTS).map(([slot, words]) => [
    slot,
    words.split(',').map(word => word.trim().toLowerCase()),
  ]),
)

/** One sentence of a pattern. */
export function expandEnglish(pattern: string, random: Random): string {
  let text = pattern
  // Groups nest: the innermost are chosen first.
  while (text.includes('('))
    text = text.replace(/\(([^()]*)\)/g, (_, options: string) => random.pick(options.split('|')))
  return text
    .split(/\s+/)
    .filter(Boolean)
    .map(word => (slots[word] ? random.pick(slots[word]) : word))
    .join(' ')
}
