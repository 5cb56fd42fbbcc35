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
export function expand(pattern: string, random: Random): string {
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

export const QUESTIONS = `
(and|so|ok|) how (do|can|would) (i|we|you) V (my|the|a|this) N (T|)
(and|) how (much|long|soon|often|many days) (does|will|would|do) (it|the N|that) (cost|take|be)
how much (is|are|would be) (the|a|your) N (and N|with the N|)
how much do you charge for (a|the|) N
how many N s (can|do) (i|you) V
how come (the|my) N (is|was) (so|) A
how (old|far|big|safe|A) is (the|your|it)
how does (the|your|this) N work
how is (the|your) N (T|)
how are you (T|)
what (is|are|was) (the|your|my|included in the) N (like|T|)
what (kind|type|sort|size) of N (do|would|can) (you|we) (have|V|recommend|need)
what (does|do) (the|your) N (include|cost|cover|mean)
what (happens|do i do|should i do) if (the|my) N (is|was|breaks|does not V|gets) (A|E|)
what about (the|my|a) N (T|)
what (time|day) (do|does|is|will) (you|the N|it) (V|open|arrive|start)
what (should|can|do) i V (T|)
what else do (i|you) need (to V|)
what did W (say|want|E)
when (will|can|does|do|is) (the|my|you|your) N (V|be E|arrive|start|ready)
when (can|could|will) you V (the|my|it) (N|)
when (was|is) the (last|next) N
where (is|are|can i V|do i V) (the|my|your) N
where do you (V|live|work)
why (is|was|are) (the|my|it) N (so|not|) (A|E|working)
why (did|do|does|can't|won't) (you|i|it|my N) V (the N|)
why (has|have) (my|the) N (not|) been E
who (is|will|can|do i) (V|call|doing|coming to V) (the N|)
which (N|one|of these) (is|would you|do you) (better|recommend|cheaper|V)
whose N is (this|that|it)
(is|are) (the|my|your|there a|there any|this) N (A|E|included|free|T|P|ready|extra)
(is|was) (it|that|this) (possible|A|true|safe|worth it|normal|the final price) (to V|)
(is|are) there (a|any|an) (A|) N (P|T|)
(do|does) (you|it|the N|your N) (have|V|offer|come with|include|work) (a|the|any|) N (T|P|)
(do|does) (i|we) (need|have) to (V|pay) (the|a|any|) N (T|)
do you (like|know|think|want|need|remember|believe) (the N|it is A|W|)
did (you|he|they|W) V (my|the|that) N (T|)
(have|has) (you|my N|it|the N) (been|) E (yet|the N|T|)
(can|could|may) (i|we) (V|pay|get|have|still V) (the|a|my|by|) N (T|)
(can|could|would|will) you (please|just|) (V|tell me|explain|help me V) (the|my|a) N
(will|would|should) (it|the N|you|i) (V|be A|be able to V) (T|P|)
should (i|we) V (the N|T)
(am|are) (i|you|we) (able to V|going to V|G|A|right) (the N|T|)
(any|any chance of|got any) (discount|N|update|offers) (on N|T|)
(and|so) (is|does|the) N (included|extra|free|separate)
(and|what about|) (the|your) N
(you|so you|and you) (do|offer|V|have) (free|) N s (right|don't you|too|then|as well)
(so|) (it|that|the N) is (included|A|E) (right|isn't it|is it|then|correct)
(so|) you (don't|can't) V (the N|T) (do you|then|right)
you want (to V|some N|me to V)
need any (help|N)
want (some|to V) N
(tell|ask) me (how|what|when|where|why) (the N|you|i) (V|is|works)
(can|could) you (tell|show) me (how|what|when|where|if|whether) (the|my) N (is|works|costs|was E)
(i was|i'm|just) wondering (if|whether|how|when|what) (you|i|the N) (can|could|will|would) V (the N|)
(i wanted|i'd like|i want|i need|just wanted) to (know|ask|check|find out|understand) (how|what|when|if|about|whether) (the|my|your) N (is A|costs|works|)
(i have|i've got|just) a (quick|) question about (the|my|your) N
(i'm|) curious (about|how) (the|your) N (works|)
do you know (if|when|how|what|why) (the|my) N (is|will V|was E)
any idea (when|how long|why) (the|my) N (is|will V|was E|takes)
would it be (possible|cheaper|better) to V (the N|T)
would you (recommend|suggest|like) (a|the) (A|) N
is W (G|coming|home|A) (T|)
or (is it|should i|do you) V (T|)
`
export const STATEMENTS = `
(yes|yeah|no|ok|right|sure|well) (thanks|that's fine|i see|of course|that works|i understand|not really|please)
(yes|yeah|no) (i|we|it) (do|did|am|is|have|can)
(yes|no|well|so) (i|we) (have|need|E|want) (a|the|my) N
(i|we) (E|have E|already E) (the|my|a|our) N (T|P|)
(i|we) (was|were|am|are) G (the N|T|P)
(i|we) (will|can|could|would|should) V (the|it|a) N (T|)
(i|we) (think|guess|hope|know|believe) (the|it|W) (N|) (is|was) A
(i|we) (don't|didn't|can't|won't) (know|V|think|remember) (what|how|why|when|if) (the N|it|he) (is|was|works)
(i|we) know (what|how|why|where) (you|it|the N) (mean|is|works|V)
(i|we) (want|need|have) to V (the|a|my) N (T|)
(i|we) (like|love|hate|prefer) (the|your|my|this) N
i'm (just|still|) (G|A|happy|sorry|sure|fine|afraid) (T|P|)
i (just|only) (E|want|need) (the|a) N
(my|our|the) N (is|was|has been) (A|E|broken|fine|late|great) (T|)
(my|our|the) N (doesn't|didn't|won't) V (T|)
(W|he|she|they) (E|said|told me|is G|works|V s) (the N|T|P)
W (E|said) (that|it|) the N (is|was) A
(he|she|they) (asked|wondered|told me) (how|what|when|if|why) (i|we) E (the N|)
(it|this|that) (is|was|looks|seems) (A|too A|very A|a good N|the N|fine|expensive|cheaper elsewhere)
(it's|that's|this is) (A|a N|my N|what i E|how i V|why i E|where we V|when we E|fine|great|too much|too expensive)
(there is|there's|there was|there are) (a|no|some) (A|) N (P|)
you (can|should|could|must|need to) V (the|your|it) N
you (are|were|said) (A|right|wrong|the N is A|very kind)
you (E|told me) (the N|it was A) (T|)
(please|just|) V (me|the|my|it) N (T|please|)
don't V (the|my) N
let's V (the N|it) (T|)
let me (V|think|check|see) (the N|)
(when|if|because|since|after) (i|we|the N) (E|V|is A) (the N|it|) (i|we|it|he) (E|will V|was A) (the N|)
(what|whatever) (i|we) (need|E|want) is (a|the) (A|) N
(what|how) (a|) A (N|day|it was)
how A (it is|that was)
who(ever|) (E|V s) it (is|was) (A|right)
(the|a) (A|) N
(my|our) N
(D|about D|around D) (days|pounds|weeks|people|)
T
P
A
(very|really|quite|too) A
(and|but|so|then) (i|we|he|it) (E|was A|can V) (the N|T|)
(thanks|thank you) (for|so much for|) (the N|G|your help|)
(hello|hi|good morning|hey) (this is W|i'm G|it's about my N|)
(sorry|oh|ah) (i|that) (E|didn't V|is A) (the N|)
(goodbye|bye|see you T|have a good day|speak T)
(maybe|perhaps|probably|actually) (it|the N|W|i) (is A|will V|E)
(the|your) N (costs|takes|is) (D|too long|too much|included)
(the main thing|what matters|most important) is (that|) the N is A
as long as (it|the N) (is A|V s|doesn't V)
(the|our) (last|other|first) N (E|was A|took D weeks)
because (the|my) N (is|was) A
so (that|) the N (is|was) A
to V (the|my) N
for (my|the|a) N
in D days
(he|she|it|nobody) (never|always|still) (E|V s) (the N|T)
(as|like) (i|you) said (the N is A|before|)
not (T|really|A|yet|the N|sure)
no (N|problem|idea|thanks|one E)
whether (it|the N) is A (doesn't matter|is up to you)
`
