/** Phrases by which English clauses are known, as tables for phrases.ts. What each tag means is said in cue.ts. */
import type { Cue } from './cue.ts'

export const cues: Record<Cue, string> = {
  lead: `
    (yes|yeah|yep|no|ok|okay|right|well|so|um|uh|er|hmm|oh|hi|hello|hey|sorry|thanks|great|good|sure|alright|perfect|fine|listen|look|anyway)
    (good morning|good afternoon|good evening|thank you|i see|i understand|got it|excuse me|all right|of course|you know|i mean)
    (and|also) (another|one more) (thing|question)
    (one more|another) (thing|question)
    (and also|oh and|and then|and)
  `,
  ask: `
    (can|could|would|will) you (please|just|maybe)? (tell|explain|help|show|check|let|give|clarify|confirm|send|walk)
    (i was|i'm|was|just|i am) (just|also)? wondering
    i wonder (if|whether|how|what|when|why|where|who)
    (wanted|want|like|need|trying|love) to (know|ask|check|find out|understand|see if|see whether|enquire|inquire)
    (have|got|had) (a|another|one|some|couple)? (quick|more|other)? (question|questions)
    (question|questions) (about|on|regarding|for)
    (tell|explain) (me|to me)? (how|what|when|where|why|about|whether|if)
    (curious|asking) (about|how|if|whether|what)
    (do you know|any idea|let me know) (if|how|what|when|where|why|whether)
    (can|could|may) i (just|please)? (ask|check|know)
  `,
  states: `
    (that's|this is|that is|which is|it's) (why|what|how|where|when|who|because)
    (don't|didn't|do not|not) (know|remember|see|understand|sure|care|mind|think) (what|how|where|when|why|who|which|if|whether)
    (i|we|he|she|they) (know|knew|see|saw|understand|understood|remember|forgot|told|said|found|asked|learned|realise|realised) .. (what|how|where|when|why|who|which)
    as (i|you|we) (said|say|know|wish|like)
    (what|whatever|when|whenever|where|wherever|who|whoever|how) (i|we|you|he|she|they|it) _
    (the day|the place|the reason|the way|the time|no matter) (when|where|why|how|what|that)
    matters (what|how|who)
    (what a|how nice|how lovely|how kind|how sad|what the)
  `,
  need: `
    (need|want|wanted|wanna|gotta|like|love|trying|looking|needing|wish|have) to (find|get|cancel|change|return|check|reset|pay|transfer|update|know|move|close|report|dispute|activate|renew|withdraw|send|add|remove|file|see|speak|talk|schedule|apply|enroll|enrol|insure|create|verify|confirm|make|set|track|link|exchange|register|unsubscribe|upgrade|downgrade|claim|switch|locate|obtain|receive)
    (wanna|gotta|i'd like to|we'd like to) (find|get|cancel|change|return|check|reset|pay|transfer|update|move|close|report|dispute|activate|renew|withdraw|send|add|remove|file|see|speak|schedule|apply|enroll|enrol|insure|create|verify|make|set)
    (can't|cannot|couldn't|could not|can not) (seem to)? (find|log|access|pay|get|open|use|see|connect|understand|sign|reach|make|activate|transfer|withdraw|register|verify|figure|remember|top|load|receive|change|update)
    (don't|didn't|do not|did not|never|haven't) (understand|see|find|recognize|recognise|receive|received|get|got|know how|know why|know my|remember|authorise|authorize)
    (doesn't|does not|isn't|didn't|did not|won't|not|stopped|keeps|keep|still|hasn't|haven't|never) (work|working|load|loading|open|show|showing|turn|go through|arrive|arrived|connect|failing|crashing|let me|here yet|pending|received|come|been|shown|updated|worked|there|accepted|responding|freezing|getting|saying|appear|recognised|recognized|complete)
    (unable|impossible) to _
    (help|assist) (me|us) (with|to)? _
    (was|been|got|is|were|has) (been)? (charged|declined|rejected|blocked|locked|cancelled|canceled|stolen|lost|refused|frozen|reverted|returned|swallowed|compromised|disabled|deducted|debited|suspended) _?
    (lost|forgot|forgotten|misplaced|broke|broken) (my|the) _
    someone (stole|used|has|is) _
    please (cancel|change|send|check|return|refund|reset|unlock|close|remove|transfer|update|help|list|offer|find|get|give|provide|delete|tell|explain|show|make|advise|assist|fix|block|freeze|activate|confirm|verify|add) _
    (need|want|get|like|offer) (me|a|an|my|the|some|new)? _? (quote|refund|replacement|copy|proof|statement|receipt|help|estimate|card|pin|password|advice|information|details|appointment|callback|account)
    (still|been) waiting (for|on) _
    (there is|there's|i have|i've got|having|had|experiencing) (a|an|some)? (problem|issue|trouble|error|mistake|unknown|extra|strange|pending|unauthorized|unauthorised) _?
    (extra|unknown|strange|wrong|incorrect|unauthorised|unauthorized|unrecognised|duplicate|double|unexpected) (fee|charge|charges|payment|transaction|amount|debit|withdrawal|rate|order|item|size|colour|invoice|bill)
    (charged|billed|debited|paid) (twice|double|extra|wrong|incorrectly)
    (is|was|seems|looks|rate|amount|balance|bill|charge|fee) (wrong|incorrect|missing|stuck|not right|off)
    stuck (on|at|in) _
    no longer (work|works|working|available) _?
    (website|site|app|page) .. (doesn't|does not|isn't|not|crash*|freez*|won't) _
    (unclear|not clear|confusing|confused) _?
  `,
  reported: `
    (asked|asks|asking) (about|if|whether|how|when|what|for|why|where|which)?
    (wants|wanted|want|would like|needs|needed) to (know|understand|find out|check|see if)
    (enquired|inquired|enquiry|inquiry|query|question|questions|interested|curious) (about|re|on|in|regarding)?
    (q|qs) (re|about|on)?
    (requested|requests) (quote|price|info|information|callback|details|a quote|prices|brochure)
  `,
  small: `
    (can|do) you hear me
    are you (still)? there
    how are you (doing|today)?
    how's it going
    how do you do
    (who|what) (is|am) (this|i speaking|that) (to|with)?
    who am i speaking (to|with)
    (what's|what is) your name
    is (this|that) _ _? $
    ^ is this the (right number|company|office)
    (can|may) i speak (to|with) _
    (sorry|pardon) (what|what was that)?
    ^ (what|really|right|pardon|hello|ok|okay|yes|no|yeah|huh|why|how|when) $
    do you understand
    you know (what i mean)? $
    (can|could) you (repeat|say) that (again|please)?
    (see what i mean|make sense|does that make sense)
    (bye|goodbye|have a nice day|have a good day|thank you|thanks)
    how (can|may) i help
  `,
  value: `
    (i|we|she|he|they|kids|wife|husband) (really|just|also|absolutely|all|both|do|did)? (like|liked|love|loved|likes|loves|appreciate|appreciated|adore|enjoyed|prefer|preferred|value) (that|how|the|your|it|when|this|about|those|these|having|being|not|a|what)
    (i'd|we'd) (love|like|prefer) (it|them|something|someone|everything) _
    (i|we|she|he) would (love|like|prefer) (it|them|something|someone|everything) _
    ^ (liked|loved|appreciated|likes|loves|values|praised|praises|prefers|appreciates) _
    (chose|picked|choose|choosing|selected|chosen) (you|yours|them) (because|for|over|as|since|on)
    (went|going|go|gone) with you (because|for|as|since)
    (came|come|turned) to you (because|as|since|for) _
    (important|matters|matter|crucial|essential|vital) (to|for) (me|us|him|her|them|my) _?
    (important|essential|crucial) (that|thing|it|is)
    (it's|it|is|really|very|most|what's|what) (really|very|most|so)? (important|matters) (that|to|is|it|thing)?
    (date|price|quality|quiet|time|timing|deadline|safety|trust|speed|warmth|looks|service|budget|design|comfort|reliability|security|cost|light|view|kids|children) (matters|matter|important|comes first|come first|is key|is everything|is important|is a priority|is what)
    (main|most important|key|first|biggest|big) thing (is|for|that|was|to|about)
    (what|all) (i|we) .. (want|care|value|like|love|liked|loved|appreciate|need|wanted) .. (is|was|about)
    (happy|pleased|impressed|satisfied|delighted|thrilled|glad|over the moon) (with|that|by|to|about|you) _
    (recommended|recommends|recommend|referred) (you|by|your|us|to|from) _?
    (word of mouth|on recommendation|by recommendation)
    (neighbour*|neighbor*|friend|friend's|friends|sister|sister's|brother|brother's|mum|mum's|mother|mom|mom's|colleague|colleagues|cousin|parents|boss|next door's|next door) .. (recommend*|praised|loves|love|happy|swear|swears|raves|yours|pleased|so quiet|delighted|thrilled|brilliant)
    (good|great|excellent|brilliant|fantastic|lovely|positive|best|glowing) (reviews|review|service|job|work|team|people|staff|quality|communication|value)
    (i|we) just? (want|need|wanted|would like) (it|them|something|someone|somebody|our|everything) .. (to be|quiet|warm|warmer|safe|last|properly|quieter|bright|right|tidy|done|simple|peace|light|careful|reliable|honest|cheap|basic|local|decent)
    (i|we|they) just? (want|need|wanted) (as much|peace|quiet|light|proper|a proper|the most basic|the cheapest|the same|the basic|quality|good quality|one contact|less noise)
    (i|we|just) (want|wanted|need) .. (done properly|to last|on time|done right|and forget)
    (wants|needs) (it|one|cheapest|light|quiet|quality|someone|everything|warm|same|peace|fixed|a fixed|good|safe|something|the cheapest|tidy|speed|basic)
    (as long as|so long as) _
    (peace of mind|peace and quiet|piece of mind)
    thank you for (being|explaining|ringing|your|such|coming|calling|everything) _
    thanks for (being|explaining|ringing|your|such|coming|everything) _
    (it's|it is|that's|so) (great|good|lovely|nice|handy|convenient|brilliant|amazing|reassuring) (that|to|how|when|you|having) _
    (nice|good|great|handy|convenient|reassuring|lovely) (that|how|to have|to deal|to talk) _
    (very|really|so|extremely|always) (polite|tidy|friendly|helpful|quick|professional|clean|neat|punctual|efficient|careful|thorough|reliable|patient)
    (polite|tidy|friendly|helpful|professional|punctual|neat) and _
    (fitters|team|lads|guys|staff|surveyor|engineer|engineers|driver|they|he|she|installers|crew|people) .. (polite|tidy|friendly|helpful|professional|punctual|neat|brilliant|lovely|spotless|fantastic|great|excellent|careful)
    (left|leave|leaves) .. (clean|cleaner|tidy|spotless|immaculate)
    (turned up|came|arrived|finished|done|fitted|delivered|here) .. on time
    (safe|safety|security) (for|of) (kids|children|the kids|the children|our) _?
    (kids|children|toddler|baby) .. (safe|can't open|can't reach|can't fall)
    (i|we) (value|trust) (the|a|your|you|quality|honest*|good|being|quiet|having) _?
    (sick|tired|fed up) (of|with) _
    (worth|happy to pay|rather pay|sooner pay) (it|every|more|a bit|extra) _?
    (fits|suits) (us|me|our|my) (perfectly|well)
    (no|without|zero) (hard sell|pressure|hidden|fuss|mess|surprises|nonsense|hassle|drama)
    (clear|itemised|itemized|honest|transparent) (quote|price|pricing|prices)
    (did|done|fitted) (next door|next door's|my neighbours|our neighbours) _
    (used|had) you before
  `,
  denied: `
    (don't|doesn't|didn't|do not|does not|never|not|isn't|wasn't|aren't|weren't) (really|that|particularly|so|very|too|all that|especially|exactly|mind|much)? _? (like|liked|love|matter|care|important|happy|pleased|impressed|satisfied|bothered|need|recommend|want|worried|fussed|mind|trust)
    (not|never|hardly) (really|very|too|so|that|particularly)? (happy|pleased|impressed|satisfied|important|bothered|fussed)
    (wouldn't|can't|couldn't) say _
    (unhappy|unimportant|disappointed|dissatisfied|unsatisfied)
    (like|love|prefer) to
    (makes no difference|no difference|either way|up to you)
  `,
  objection: `
    (expensive|pricey|steep|overpriced|dear|costly|unaffordable|extortionate)
    (too|so|bit|that's|quite) (much|high|expensive|pricey|long|far|steep|dear)
    (more|higher) than (i|we) (thought|expected|budgeted|wanted|planned|can)
    (can't|cannot|can not|couldn't|don't|won't) .. (afford|stretch|justify|budget|have the money|have that kind)
    (out of|over|beyond|above|outside) (my|our|the)? (budget|price range|league)
    (budget|money) (is|won't|doesn't|only|isn't) _
    cheaper (elsewhere|quote|somewhere|price|one|with|from|at|by|than|online|option*|offer*)
    (found|got|quoted|offered|had|have|seen|saw) .. (cheaper|less|lower|better price|better offer)
    (quoted|offered) (us|me) (less|half|cheaper)
    (other|another|different|rival) (company|firm|people|supplier|companies|firms|installer|place|quote|quotes) .. (cheaper|less|lower|quoted|offered|better)
    (you're|you are|your price is|your prices are|yours is) .. (more expensive|dearer|higher|most expensive|too)
    (not|isn't|wasn't|aren't) (sure|convinced|certain|ready|so sure|comfortable|keen|happy about) _?
    (worried|afraid|scared|concerned|nervous|anxious|hesitant|wary|sceptical|skeptical|suspicious|uneasy) _?
    (worries|concerns|bothers|scares|puts) (me|us) _?
    (put|puts) (me|us) off
    (don't|doesn't|do not|can't) (trust|believe|like) (you|the|that|this|it|paying|companies|salesmen|them) _?
    (bad|negative|poor|mixed|terrible|awful) (reviews|review|experience|feedback)
    (reviews|review) .. (bad|negative|mixed|poor|aren't|worry|terrible)
    (need|want|have|like) (to|some time to|time to) .. (think|talk|discuss|ask my|check with|speak to my|sleep on|compare|look around|shop around|consult|consider)
    (i'll|we'll|let me|let us|i|we) .. (think about|think it|think on|sleep on|discuss it|talk it|mull|have a think|think and)
    (thinking|talk) (about it|it over)
    (ask|talk to|discuss with|check with|speak to|run it) .. (husband|wife|partner|boss|family|director|landlord|manager|board) _?
    (husband|wife|partner|boss|landlord) .. (against|doesn't|isn't|not|says no|wants to wait|won't|thinks)
    (too|takes|so|very) (long|slow) _?
    (can't|don't want to|won't|can not|couldn't) wait _?
    (lead|waiting|delivery) (time|times) .. (long|too|is|are)
    (not|no longer|isn't) (interested|needed|need|relevant|now|right now|this year|urgent|the right time|for us)
    (don't|no longer|doesn't) (need|want) (it|them|this|anything|to pay|to commit|to rush|finance|credit|a deposit|to risk|the hassle|the mess) _?
    (changed|change) (my|our) (mind|minds)
    (went|going|gone|go|chosen|chose|decided|signed) (with|for|on)? (someone|another|a different|somebody|somewhere|other|the other|a competitor|else)
    (bought|ordered|found|got) (it|one|them|someone|another)? (elsewhere|somewhere else|someone else|already)
    (put|putting) (it|this|everything|that)? (on hold|off|back|aside)
    (on hold|postpone*|cancelled our|holding off|hold off|leave it|leaving it)
    (hidden|extra|surprise) (fees|costs|charges|cost)
    (deposit|upfront|up front|finance|credit) .. (too|worries|don't|not|big|large|risky|scares|bothers|high)
    (don't|rather not|wouldn't|not) .. (pay upfront|pay up front|upfront|deposit|in advance|take credit)
    (scam|rip off|rip-off|ripped|con|pushy|hard sell|cowboy*)
    (doesn't|don't|didn't|won't) (suit|fit|work) (us|me|for|our|my) _?
    (too good to be true|no rush|not in a rush|comparing quotes|shopping around|getting other quotes|other quotes)
    (maybe|perhaps) (later|next year|another time|in the new year)
    (mess|dust|disruption|noise) .. (worr*|don't|put|afraid|hate)
    (been|were|was|got) let down _?
    (lead time|wait|waiting|price|cost|deposit|timing|noise|mess|delivery|quality|trust) .. (problem|issue|concern|worry|off-putting|sticking point)
    (budget|funds|money|finance) not _
    (have|having) a think _?
    (needs|has|wants|want|need|have) to (ask|check|speak|talk|discuss|think|consult|compare) _
    (will|going to|gonna) (think|discuss|compare|consider|ask|sleep) _?
    (lot|much|way|far|pounds|thousand|hundred|half|considerably|percent|<n>*) cheaper
    (mate|friend|someone|guy|bloke|neighbour|brother|firm|company) .. cheaper
    not sure (i|we|if|about|that|it|whether) _
    (is|was|that's|it's|pounds|thousand|seems|comes) .. too much
    (expected|thought|hoped|planned) .. (less|cheaper|lower|sooner|quicker)
  `,
  unobjection: `
    (no|without|zero) (hard sell|hidden|pressure|mess|hassle)
    not (too|that|so|very|at all)? (expensive|pricey|worried|bad|much|long|concerned)
    (isn't|wasn't|doesn't) (too|that|so)? (expensive|pricey|long|much)
    (thank|thanks) you? so much
    so far
    how (much|long|far) (more|cheaper)?
    so much (better|quieter|nicer|warmer)
    (so|that|very|too) (quiet|warm|nice)
    i'm afraid (i|we|that|he|she|not)
    dear (sir|madam|all|team)
  `,
}
