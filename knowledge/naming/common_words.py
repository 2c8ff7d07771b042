"""Words that stand in every text: a name that is one of them is meant only where it is written as a name."""

from __future__ import annotations

_FUNCTION = """
a about above after again all also am an and any are as at be been before being below between both but by can could
did do does down during each few for from further had has have he her here hers him his how i if in into is it its
just may me might more most much must my no nor not now of off on once one only or other our out over own same shall
she should so some such than that the their them then there these they this those through to too under until up upon
us very was we were what when where which while who whom why will with within without would yet you your am pm ad it
etc via per vs ok eg ie re de la le les des du et un une au aux en est il elle qui que sur par pour pas ne der die das
den dem ein eine und oder ist sind war mit von zu im am bei auf aus nach vor fur als auch wie wir sie er es el los las
una y o en con por para del al no si se su il lo gli di da che non per e dos das os as um uma
"""
_ORDINARY = """
able access account across act action active add address advance age agency agent ago ahead aid aim air alert alliance
allow alone alpha amber american ample angle answer apex apple apply april arc area arm arrow art ask asset atlas
august average award away back balance band bank bar base basic basis bay beacon beat become bed begin behind bell
best beta better big bill bird bit black block blue board boat body bold bolt bond book boot border boss box branch
brand brave bread break bridge bright bring britain british broad brook brown build bus business busy buy cable call
camp canal candle canyon capital car card care cargo carry case cast castle catch cause cedar cell center central
centre century certain chain chair chance change channel charge chart check chief child china chinese choice circle
city civil claim class clean clear click climb clock close cloud club coach coal coast code coffee cold color colour
come comet common compact company compass complete concept condition connect construction consult consumer contact
control cool copper core corner cost count country course court cover craft cream create credit creek cross crown
crystal current customer cut cycle daily dairy dark data date dawn day deal dear december deep deer delta demand depth
design desk detail device diamond different digital direct discover dish dock door dot double draft dragon draw dream
dress drift drill drink drive drop dry due dust duty eagle early earth east eastern easy echo economic edge edison
effect effort eight either electric electrical electronic electronics element elevator elevators elite elm else
emerald empire end energy engine engineering enough enter entire entry environment equal equipment era essential
estate euro europe european even event ever every exact example excel exchange expert express extra eye fabric face
facility fact factory fair falcon fall family far farm fast father february feel field fifth figure file film final
finance financial find fine finish fire firm first fish five fixed flag flash fleet flex flight floor flow fly focus
follow food foot force ford forest form forth fortune forum forward found foundation four fox frame free freight fresh
friday friend front fruit fuel full fund fusion future gain gallery game gap garden gas gate gateway gear general
genesis german germany get giant give glass global globe go goal gold golden good grace grade grain grand graph grass
great green grey grid ground group grow growth guard guide gulf half hall hand happy harbor harbour hard harvest hat
haven hawk head health hear heart heat heating heavy height help heritage high hill hit hold holding home honey honor
hope horizon horse hospital host hotel hour house human hunter ice icon idea ideal image impact important improve
include index industrial industries industry infinity information inside insight institute integrity intel inter
interest international invest iron island item ivory jade january japan jet job join joint journal july june jungle
jupiter keep kernel key keystone kind king kit know lab labor lake lamp lance land large laser last late law lead
leader leaf league learn leave left legacy legend less let letter level liberty library life lift lifts light lily
line link lion list little live load local lock log logic logistics long look loop lotus love low luck lunar machine
machines magic magnet main maintenance make man management manager manufacturing many map maple marble march marine
mark market marketing mars mass master match material matrix matter maximum may meadow mean measure media medical
medium meet mercury meridian message metal meter method metro mid middle mile milestone mill mind mine mineral mini
mining minute mirror mission mobile model modern moment monday money month moon morning mother motion motor motors
mountain move music name narrow nation national native natural nature near need nest net network neutral never new
news next nickel night nine noble node normal north northern note nova november number oak oasis object ocean october
offer office oil old olive omega one open optic optical optimum option orange orbit orchard order origin other outlook
oval oxford pace pacific pack packaging page paint palace palm panel paper parallel park part partner partners parts
pass past patent path patriot pay peace peak pearl penguin people perfect person phase phoenix phone photo pick
picture pilot pine pioneer pipe pixel place plain plan plane planet plant plastic plate platform play plaza plus point
polar pole port portal position power precision premier premium present president press pressure price pride prime
print prism private process product production professional profile profit program progress project property protect
proud provide public pulse pump pure purple push put quality quantum quarter quartz queen quest quick quiet radar
radio rail rain rainbow range rapid rate raven raw reach read ready real reason record red reed region regional relay
release remote rent report research reserve resource resources rest result retail return ridge right ring rise river
road robin robot rock rocket room root rose round route royal ruby rule run rural safe safety sage sail salt same sand
sapphire saturday save scale school science scout screen sea seal search season second sector secure security see seed
select sell send sense sentinel september series serve service services set seven shade shadow shape share sharp shell
shield shift shine ship shop shore short show side sierra sight sign signal signature silicon silk silver simple
single site six size sky small smart smooth snow social soft software soil solar solid solution solutions sonic sound
source south southern space spark special spectrum speed sphere spirit spring square stable staff stage standard star
start state station stay steel step still stock stone stop storage store storm story stream street strong structure
studio study style sugar summer summit sun sunday sunrise supply support sure surface swift switch symbol system
systems table take talent tank target task tax tea team tech technical technologies technology tell ten term test
textile textiles thing think third thousand three thursday tide tiger time titan today tomorrow tool tools top total
touch tower town track trade traffic train transfer transit transport travel tree trend triangle trident trinity
triumph true trust tuesday tunnel turbo turn twin two type ultra union unique unit united unity universal universe
urban use user utility valley value van vector venture venus version vertex victory video view village vine vision
vista vital voice volt wall wand warm watch water wave way web wednesday week well west western wheel white whole wide
wild win wind window wing winter wire wise wolf wonder wood word work works world yard year yellow young zebra zenith
zero zone bauen gut haus werk stadt land gross klein neu alt deutsche deutscher maschinen maschinenbau
werkzeugmaschinen anlagen technik elektro energie wasser wind dienst service handel bau stahl
"""

COMMON = frozenset(_FUNCTION.split()) | frozenset(_ORDINARY.split())
"""Folded: small letters, no accents."""
