<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it" sourcelanguage="en">
<context>
    <name>AsideRow</name>
    <message>
        <source>At the desk you need only this code: %1</source>
        <extracomment>%1 is a short code of letters and digits, with which the shopper fetches the garment.</extracomment>
        <translation>Alla cassa basta questo codice: %1</translation>
    </message>
    <message>
        <source>You can leave it hanging here.</source>
        <translation>Può lasciarlo qui.</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <extracomment>The garment need not be kept for the shopper any more.</extracomment>
        <translation>Non serve più</translation>
    </message>
</context>
<context>
    <name>AsideTexts</name>
    <message>
        <source>Put it aside for me</source>
        <extracomment>Asks the shop to keep a garment for the shopper until a day; she fetches it at the desk. Short.</extracomment>
        <translation>Mettetelo da parte per me</translation>
    </message>
    <message>
        <source>Put aside for you</source>
        <extracomment>Opens the list of garments that the shop keeps for her. Short.</extracomment>
        <translation>Messo da parte per Lei</translation>
    </message>
    <message>
        <source>We are putting it aside</source>
        <translation>Lo mettiamo da parte</translation>
    </message>
    <message>
        <source>%1 has put it aside for you</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>%1 l’ha messo da parte per Lei</translation>
    </message>
    <message>
        <source>This one cannot be put aside. Ask us about it.</source>
        <translation>Questo capo non si può mettere da parte. Chieda a noi.</translation>
    </message>
    <message>
        <source>No longer put aside</source>
        <translation>Non è più messo da parte</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>%1 is a day of the month, %2 the month: its short name, or its number in Japanese, Chinese and Arabic.</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Until %1, %2</source>
        <extracomment>Until when a garment is kept. %1 is a date, %2 a time of day.</extracomment>
        <translation>Fino al %1, %2</translation>
    </message>
</context>
<context>
    <name>AskPage</name>
    <message>
        <source>What may we do for you?</source>
        <translation>Che cosa possiamo fare per Lei?</translation>
    </message>
    <message>
        <source>Another size or colour</source>
        <translation>Altra taglia o colore</translation>
    </message>
    <message>
        <source>touch the piece, then the size</source>
        <translation>tocchi il capo, poi la taglia</translation>
    </message>
    <message>
        <source>Nobody is signed in at the rooms just now; whoever comes sees your call first.</source>
        <translation>In questo momento nessuno è ai camerini; chi arriva vede per prima la Sua chiamata.</translation>
    </message>
</context>
<context>
    <name>AwayPage</name>
    <message>
        <source>Until next time</source>
        <translation>Alla prossima</translation>
    </message>
    <message>
        <source>This mirror keeps nothing of your visit.</source>
        <translation>Questo specchio non conserva nulla della Sua visita.</translation>
    </message>
</context>
<context>
    <name>BasketPage</name>
    <message>
        <source>Basket</source>
        <translation>Selezione</translation>
    </message>
    <message>
        <source>Nothing hangs with you yet.</source>
        <translation>Da Lei non è ancora appeso nulla.</translation>
    </message>
    <message>
        <source>Nothing chosen yet. Touch what you would like to take home.</source>
        <translation>Ancora nulla di scelto. Tocchi ciò che desidera portare via.</translation>
    </message>
    <message numerus="yes">
        <source>%n pieces</source>
        <extracomment>Before the sum of the basket; %n pieces are in it.</extracomment>
        <translation>
            <numerusform>%n capo</numerusform>
            <numerusform>%n capi</numerusform>
        </translation>
    </message>
    <message>
        <source>You save %1.</source>
        <extracomment>Under the total of the basket; %1 is the amount that promotions take off.</extracomment>
        <translation>Risparmia %1.</translation>
    </message>
    <message>
        <source>Before tax. You see the total with tax before you pay.</source>
        <translation>Tasse escluse. Vede il totale con le tasse prima di pagare.</translation>
    </message>
    <message>
        <source>Pay here</source>
        <translation>Pagare qui</translation>
    </message>
</context>
<context>
    <name>BasketRow</name>
    <message>
        <source>No longer with you, so it is not counted.</source>
        <translation>Non è più con Lei, quindi non è contato.</translation>
    </message>
    <message>
        <source>Take out</source>
        <extracomment>At a garment in the basket: takes it out. Short.</extracomment>
        <translation>Togliere</translation>
    </message>
</context>
<context>
    <name>DeliveryPage</name>
    <message>
        <source>Pay here</source>
        <translation>Pagare qui</translation>
    </message>
</context>
<context>
    <name>DeliveryTexts</name>
    <message>
        <source>How would you like it?</source>
        <extracomment>Title of the page on which she chooses how she gets her garments.</extracomment>
        <translation>Come lo desidera?</translation>
    </message>
    <message>
        <source>Or each piece its own way: touch it.</source>
        <extracomment>Below the ways, which count for all garments; below it they are listed.</extracomment>
        <translation>Oppure ogni capo a modo suo: lo tocchi.</translation>
    </message>
    <message>
        <source>We cannot say just now. Take it with you, or ask us.</source>
        <translation>Al momento non possiamo dirlo. Lo porti con sé, o ci chieda.</translation>
    </message>
    <message>
        <source>One of us takes down your address before you leave.</source>
        <extracomment>She has chosen to have something sent. The address is not typed on the mirror.</extracomment>
        <translation>Uno di noi annota il suo indirizzo prima che esca.</translation>
    </message>
    <message numerus="yes">
        <source>%n sent or kept for you</source>
        <extracomment>Opens the page on which she chooses how she gets her garments. Short.</extracomment>
        <translation>
            <numerusform>%n inviato o tenuto da parte</numerusform>
            <numerusform>%n inviati o tenuti da parte</numerusform>
        </translation>
    </message>
    <message>
        <source>Have it sent or kept for you</source>
        <translation>Farselo inviare o tenere da parte</translation>
    </message>
    <message>
        <source>In a bag at the desk</source>
        <extracomment>The garments wait in a bag at the shop&apos;s desk. Short.</extracomment>
        <translation>In una borsa al banco</translation>
    </message>
    <message>
        <source>I collect it another day</source>
        <extracomment>She collects the garments on another day. Short.</extracomment>
        <translation>Lo ritiro un altro giorno</translation>
    </message>
    <message>
        <source>Sent home</source>
        <extracomment>The garments are sent to her address. Short.</extracomment>
        <translation>Inviato a casa</translation>
    </message>
    <message>
        <source>With me now</source>
        <extracomment>She takes the garments along now. Short.</extracomment>
        <translation>Lo porto con me</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Oggi</translation>
    </message>
    <message>
        <source>From today</source>
        <translation>Da oggi</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>Domani</translation>
    </message>
    <message>
        <source>From tomorrow</source>
        <translation>Da domani</translation>
    </message>
    <message>
        <source>On %1</source>
        <extracomment>%1 is a day, such as Thursday, 3 Dec: on this one, and from this one on.</extracomment>
        <translation>%1</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>Dal %1</translation>
    </message>
    <message>
        <source>%1, %2 %3</source>
        <extracomment>%1 is the day of the week, %2 the day of the month, %3 the month: its short name, or its number in Arabic.</extracomment>
        <translation>%1 %2 %3</translation>
    </message>
    <message>
        <source>plus %1</source>
        <extracomment>%1 is what it costs.</extracomment>
        <translation>più %1</translation>
    </message>
    <message>
        <source>at no charge</source>
        <translation>senza costi</translation>
    </message>
    <message>
        <source>if you order within %1 h %2 min</source>
        <extracomment>%1 hours and %2 minutes are left in which this day can be promised.</extracomment>
        <translation>ordinando entro %1 h %2 min</translation>
    </message>
    <message>
        <source>if you order within %1 min</source>
        <translation>ordinando entro %1 min</translation>
    </message>
</context>
<context>
    <name>FitFeedback</name>
    <message>
        <source>How does it feel?</source>
        <translation>Come Le sta?</translation>
    </message>
    <message>
        <source>Where?</source>
        <translation>Dove?</translation>
    </message>
    <message>
        <source>Change</source>
        <extracomment>Takes back the rating of how a piece fits. Short.</extracomment>
        <translation>Cambia</translation>
    </message>
</context>
<context>
    <name>FitPage</name>
    <message>
        <source>Your height and weight</source>
        <translation>La Sua altezza e il Suo peso</translation>
    </message>
    <message>
        <source>A size that fits you</source>
        <translation>Una taglia che Le sta bene</translation>
    </message>
    <message>
        <source>Think of a piece you like to wear: where is it from, and what is on its label?</source>
        <translation>Pensi a un capo che ama indossare: da dove viene, e che cosa dice l’etichetta?</translation>
    </message>
    <message>
        <source>So that we need not guess your size.</source>
        <translation>Così non dobbiamo indovinare la Sua taglia.</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Altezza</translation>
    </message>
    <message>
        <source>%1 cm</source>
        <translation>%1 cm</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Peso</translation>
    </message>
    <message>
        <source>%1 lb</source>
        <translation>%1 lb</translation>
    </message>
    <message>
        <source>%1 kg</source>
        <translation>%1 kg</translation>
    </message>
    <message>
        <source>Label from</source>
        <extracomment>The country or house whose sizes are on the label.</extracomment>
        <translation>Etichetta</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taglia</translation>
    </message>
    <message>
        <source>in centimetres and kilos</source>
        <translation>in centimetri e chili</translation>
    </message>
    <message>
        <source>in feet and pounds</source>
        <translation>in piedi e libbre</translation>
    </message>
    <message>
        <source>Rather a size that fits me</source>
        <translation>Meglio una taglia che mi sta bene</translation>
    </message>
    <message>
        <source>Rather height and weight</source>
        <translation>Meglio altezza e peso</translation>
    </message>
    <message>
        <source>Advise me</source>
        <translation>Consigliatemi</translation>
    </message>
    <message>
        <source>Asked once, written down nowhere, forgotten when you leave.</source>
        <translation>Chiesto una volta, mai annotato, dimenticato quando esce.</translation>
    </message>
    <message>
        <source>I would rather not say</source>
        <extracomment>Leaves a question without an answer.</extracomment>
        <translation>Preferisco non dirlo</translation>
    </message>
</context>
<context>
    <name>FitTexts</name>
    <message>
        <source>just right</source>
        <extracomment>How a garment feels that was tried on. Short.</extracomment>
        <translation>perfetto</translation>
    </message>
    <message>
        <source>a little tight</source>
        <translation>un po’ stretto</translation>
    </message>
    <message>
        <source>a little loose</source>
        <translation>un po’ ampio</translation>
    </message>
    <message>
        <source>shoulders</source>
        <extracomment>Where a garment feels tight or loose. Short.</extracomment>
        <translation>spalle</translation>
    </message>
    <message>
        <source>chest</source>
        <translation>petto</translation>
    </message>
    <message>
        <source>waist</source>
        <translation>vita</translation>
    </message>
    <message>
        <source>hips</source>
        <translation>fianchi</translation>
    </message>
    <message>
        <source>sleeves</source>
        <translation>maniche</translation>
    </message>
    <message>
        <source>length</source>
        <translation>lunghezza</translation>
    </message>
    <message>
        <source>width</source>
        <extracomment>The width of a shoe.</extracomment>
        <translation>larghezza</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Back</source>
        <extracomment>Goes one page back. Short.</extracomment>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Just a mirror</source>
        <extracomment>Clears the screen, so that it is only a mirror. Short.</extracomment>
        <translation>Solo specchio</translation>
    </message>
    <message>
        <source>Help</source>
        <extracomment>Opens the page where one can ask for help. Short.</extracomment>
        <translation>Aiuto</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Erase</source>
        <extracomment>Removes the last digit that was typed. Short.</extracomment>
        <translation>Cancella</translation>
    </message>
</context>
<context>
    <name>LookPage</name>
    <message>
        <source>Goes with it</source>
        <translation>Si abbina</translation>
    </message>
    <message>
        <source>One moment, we are looking through the house.</source>
        <translation>Un momento, cerchiamo in tutta la casa.</translation>
    </message>
    <message>
        <source>Nothing more to suggest just now. Ask us; we like to look with you.</source>
        <translation>Per ora non abbiamo altro da proporre. Ci chieda; cerchiamo volentieri con Lei.</translation>
    </message>
    <message>
        <source>Show others</source>
        <extracomment>Shows the next three suggestions.</extracomment>
        <translation>Mostra altri</translation>
    </message>
</context>
<context>
    <name>LookRow</name>
    <message>
        <source>Asked for</source>
        <translation>richiesto</translation>
    </message>
    <message>
        <source>Not this</source>
        <extracomment>Takes a suggestion away. Short.</extracomment>
        <translation>Questo no</translation>
    </message>
</context>
<context>
    <name>LookTexts</name>
    <message numerus="yes">
        <source>%n have taken it along with the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>
            <numerusform>%n persona l’ha preso con: %1</numerusform>
            <numerusform>%n l’hanno preso con: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Often taken along with the %1</source>
        <translation>Spesso insieme a: %1</translation>
    </message>
    <message>
        <source>The same cloth: %1</source>
        <extracomment>%1 is a material or a garment of that material.</extracomment>
        <translation>Lo stesso tessuto: %1</translation>
    </message>
    <message>
        <source>Completes the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>Completa: %1</translation>
    </message>
    <message>
        <source>Completes the look</source>
        <translation>Completa il look</translation>
    </message>
    <message>
        <source>Chosen by %1</source>
        <extracomment>%1 is a stylist&apos;s first name.</extracomment>
        <translation>Scelto da %1</translation>
    </message>
    <message>
        <source>New this week</source>
        <translation>Novità della settimana</translation>
    </message>
    <message>
        <source>Much loved this season</source>
        <translation>Molto amato in questa stagione</translation>
    </message>
    <message>
        <source>Goes with the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>Si abbina a: %1</translation>
    </message>
    <message>
        <source>Goes with your pieces</source>
        <translation>Si abbina ai Suoi capi</translation>
    </message>
    <message>
        <source>often together</source>
        <extracomment>Two pieces that others have often taken together. Short.</extracomment>
        <translation>spesso insieme</translation>
    </message>
    <message>
        <source>the same cloth</source>
        <translation>lo stesso tessuto</translation>
    </message>
    <message>
        <source>completes the look</source>
        <translation>completa il look</translation>
    </message>
    <message>
        <source>chosen by %1</source>
        <translation>scelto da %1</translation>
    </message>
    <message>
        <source>new this week</source>
        <translation>appena arrivato</translation>
    </message>
    <message>
        <source>much loved</source>
        <translation>molto amato</translation>
    </message>
    <message>
        <source>goes along</source>
        <translation>si abbina</translation>
    </message>
</context>
<context>
    <name>MessagePiece</name>
    <message>
        <source>Asked for</source>
        <translation>richiesto</translation>
    </message>
</context>
<context>
    <name>OfferActions</name>
    <message>
        <source>Bring me %1</source>
        <extracomment>Asks an associate to bring the garment in size %1.</extracomment>
        <translation>Portatemi la %1</translation>
    </message>
    <message>
        <source>Bring me %1 and %2</source>
        <extracomment>Asks an associate to bring the garment in two sizes, since either may fit. Short.</extracomment>
        <translation>Portatemi la %1 e la %2</translation>
    </message>
    <message>
        <source>Bring it to me</source>
        <translation>Portatemelo</translation>
    </message>
    <message>
        <source>See where it is</source>
        <translation>Vedere dov’è</translation>
    </message>
    <message>
        <source>Ask us about it</source>
        <translation>Chieda a noi</translation>
    </message>
    <message>
        <source>You have asked for it.</source>
        <translation>L’ha già richiesto.</translation>
    </message>
    <message>
        <source>This one hangs with you.</source>
        <translation>Questo capo è già da Lei.</translation>
    </message>
    <message>
        <source>See your basket</source>
        <translation>Vedere la sua selezione</translation>
    </message>
    <message>
        <source>See it in %1</source>
        <extracomment>Shows the garment in the colour %1.</extracomment>
        <translation>Vedere in %1</translation>
    </message>
    <message>
        <source>We change it for the one you paid, at no charge.</source>
        <extracomment>Another size of a garment that the shopper has paid already in this visit.</extracomment>
        <translation>Lo cambiamo con quello pagato, senza costi.</translation>
    </message>
    <message>
        <source>Touch your size, and we bring it.</source>
        <extracomment>No size is chosen yet; the sizes are above.</extracomment>
        <translation>Tocchi la Sua taglia, e la portiamo.</translation>
    </message>
    <message>
        <source>%1 is in the house. Nobody is signed in at the rooms just now; whoever comes sees your call first.</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>La %1 c’è. In questo momento nessuno è ai camerini; chi arriva vede per prima la Sua chiamata.</translation>
    </message>
    <message>
        <source>%1 hangs in %2. We can have it sent or put aside for you.</source>
        <extracomment>%1 is a size, %2 another shop&apos;s town.</extracomment>
        <translation>La %1 è a %2. Possiamo farla spedire o mettere da parte.</translation>
    </message>
    <message>
        <source>%1 is sold out in this colour. In %2 it is here.</source>
        <extracomment>%1 is a size, %2 a colour.</extracomment>
        <translation>La %1 è esaurita in questo colore. In %2 è qui.</translation>
    </message>
    <message>
        <source>This one is on its way to us. We can put it aside for you.</source>
        <translation>Questo capo sta arrivando da noi. Possiamo metterlo da parte.</translation>
    </message>
    <message>
        <source>Not to be had in this size and colour at the moment.</source>
        <translation>Al momento non disponibile in questa taglia e colore.</translation>
    </message>
    <message>
        <source>Take it out again</source>
        <extracomment>Takes the garment out of the basket.</extracomment>
        <translation>Toglierlo di nuovo</translation>
    </message>
    <message>
        <source>All sizes and colours</source>
        <translation>Tutte le taglie e i colori</translation>
    </message>
    <message>
        <source>Have it pinned on me</source>
        <extracomment>Asks for an alteration: a tailor pins the garment on the shopper.</extracomment>
        <translation>Farlo appuntare su di me</translation>
    </message>
    <message>
        <source>Leave it at the door</source>
        <extracomment>The associate leaves the garment outside the fitting room.</extracomment>
        <translation>Lasciare alla porta</translation>
    </message>
</context>
<context>
    <name>PairingPage</name>
    <message>
        <source>This mirror takes a short break</source>
        <translation>Questo specchio fa una breve pausa</translation>
    </message>
    <message>
        <source>Connect this mirror</source>
        <translation>Collegare questo specchio</translation>
    </message>
    <message>
        <source>Please ask one of us. It stays a mirror all the while.</source>
        <translation>Chieda a uno di noi. Nel frattempo resta uno specchio.</translation>
    </message>
    <message>
        <source>For our team</source>
        <extracomment>Opens the page for technicians.</extracomment>
        <translation>Per il nostro team</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>Leaves the page for technicians. Short.</extracomment>
        <translation>Chiudi</translation>
    </message>
</context>
<context>
    <name>PairingTexts</name>
    <message>
        <source>This mirror does not know its store yet.</source>
        <translation>Questo specchio non conosce ancora il suo negozio.</translation>
    </message>
    <message>
        <source>The store does not know this mirror any more: its access was ended, or another mirror has this room.</source>
        <translation>Il negozio non conosce più questo specchio: l’accesso è stato tolto, o il camerino ha un altro specchio.</translation>
    </message>
    <message>
        <source>What answers at the store&apos;s address cannot prove that it is your store, so this mirror sends nothing to it. If the store was not set up anew, call your technician: somebody may be on the network.</source>
        <translation>Ciò che risponde all’indirizzo del negozio non può dimostrare di esserlo, quindi questo specchio non gli invia nulla. Se il negozio non è stato reinstallato, chiami il tecnico: qualcuno potrebbe essere nella rete.</translation>
    </message>
    <message>
        <source>On the team&apos;s page, a manager opens “Devices”, chooses room %1 and shows a code. Enter it here within two minutes.</source>
        <extracomment>%1 is the name of the fitting room. “Devices” is the name of the tab on the associates&apos; page.</extracomment>
        <translation>Nella pagina del team un responsabile apre «Dispositivi», sceglie il camerino %1 e mostra un codice. Lo inserisca qui entro due minuti.</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>Un momento…</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>Collegato.</translation>
    </message>
    <message>
        <source>This code is not right, or somebody is between mirror and store. Show a new one and try once more.</source>
        <translation>Il codice non va bene, o qualcuno è tra lo specchio e il negozio. Ne mostri uno nuovo e riprovi.</translation>
    </message>
    <message>
        <source>No code is open for room %1. Show a new one.</source>
        <translation>Nessun codice è aperto per il camerino %1. Ne mostri uno nuovo.</translation>
    </message>
    <message>
        <source>The store does not answer. Is it running, and is this mirror on its network?</source>
        <translation>Il negozio non risponde. È in funzione, e questo specchio è nella sua rete?</translation>
    </message>
    <message>
        <source>The store did not accept this. Show a new code and try again.</source>
        <translation>Il negozio non lo ha accettato. Mostri un nuovo codice e riprovi.</translation>
    </message>
    <message>
        <source>This computer could not save it. Call your technician.</source>
        <translation>Questo computer non ha potuto salvarlo. Chiami il tecnico.</translation>
    </message>
</context>
<context>
    <name>PayPage</name>
    <message>
        <source>Not this way</source>
        <translation>Non così</translation>
    </message>
</context>
<context>
    <name>PaymentTexts</name>
    <message>
        <source>Adding it up</source>
        <translation>Facciamo il conto</translation>
    </message>
    <message>
        <source>Shall we?</source>
        <translation>Procediamo?</translation>
    </message>
    <message>
        <source>Pay with %1?</source>
        <extracomment>%1 is how the stored means of payment is named, such as a card&apos;s last digits.</extracomment>
        <translation>Pagare con %1?</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Un momento</translation>
    </message>
    <message>
        <source>Waking the terminal</source>
        <translation>Il terminale si sveglia</translation>
    </message>
    <message>
        <source>Hold your card, phone or ring here</source>
        <translation>Avvicini qui carta, telefono o anello</translation>
    </message>
    <message>
        <source>One of us takes your payment</source>
        <translation>Uno di noi viene a incassare</translation>
    </message>
    <message>
        <source>A moment, please</source>
        <translation>Un momento, per favore</translation>
    </message>
    <message>
        <source>We are asking the terminal</source>
        <translation>Chiediamo al terminale</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>Grazie</translation>
    </message>
    <message>
        <source>That did not go through</source>
        <translation>Non è andata</translation>
    </message>
    <message>
        <source>You get it back</source>
        <translation>Le viene restituito</translation>
    </message>
    <message>
        <source>It was given back</source>
        <translation>È stato restituito</translation>
    </message>
    <message>
        <source>Not to be paid here just now</source>
        <translation>Ora non si può pagare qui</translation>
    </message>
    <message>
        <source>Paying is resting for a moment</source>
        <translation>Il pagamento si prende una breve pausa</translation>
    </message>
    <message>
        <source>Let us look at it together</source>
        <translation>Guardiamolo insieme</translation>
    </message>
    <message>
        <source>%1 before tax</source>
        <translation>%1 tasse escluse</translation>
    </message>
    <message>
        <source>plus %1 tax: %2</source>
        <extracomment>%1 is the rate, such as 19 %, %2 the amount of the tax.</extracomment>
        <translation>più tassa %1: %2</translation>
    </message>
    <message>
        <source>incl. %1 VAT: %2</source>
        <translation>IVA %1 inclusa: %2</translation>
    </message>
    <message>
        <source>The terminal is being made ready for you.</source>
        <translation>Il terminale si sta preparando per Lei.</translation>
    </message>
    <message>
        <source>Only a part of it went through, so it is being given back. There is nothing for you to do.</source>
        <translation>È passata solo una parte, perciò viene restituita. Non deve fare nulla.</translation>
    </message>
    <message>
        <source>Your card was charged after it was stopped, so it is being given back. There is nothing for you to do.</source>
        <translation>La carta è stata addebitata dopo l’annullamento, perciò viene restituito. Non deve fare nulla.</translation>
    </message>
    <message>
        <source>Nothing stays charged. It may take your bank a few days to show it.</source>
        <translation>Non resta nessun addebito. La banca può mostrarlo dopo qualche giorno.</translation>
    </message>
    <message>
        <source>The price has changed since. This is the total now.</source>
        <translation>Nel frattempo il prezzo è cambiato. Questo è ora il totale.</translation>
    </message>
    <message>
        <source>Your ring was recognised.</source>
        <translation>Il Suo anello è stato riconosciuto.</translation>
    </message>
    <message>
        <source>to the left of the mirror, at the small light</source>
        <translation>a sinistra dello specchio, presso la piccola luce</translation>
    </message>
    <message>
        <source>below the mirror, at the small light</source>
        <translation>sotto lo specchio, presso la piccola luce</translation>
    </message>
    <message>
        <source>to the right of the mirror, at the small light</source>
        <translation>a destra dello specchio, presso la piccola luce</translation>
    </message>
    <message>
        <source>With our own terminal. A moment, please: someone is coming to you.</source>
        <translation>Con il nostro terminale. Un momento: qualcuno arriva.</translation>
    </message>
    <message>
        <source>Its answer did not arrive. You will not be charged twice.</source>
        <translation>La sua risposta non è arrivata. Non pagherà due volte.</translation>
    </message>
    <message>
        <source>We could not learn whether it went through. Nothing is charged twice; we settle it together.</source>
        <translation>Non abbiamo saputo se è riuscito. Nulla viene addebitato due volte; lo chiariamo insieme.</translation>
    </message>
    <message>
        <source>Your pieces stay as they are. Call us, or pay at the desk.</source>
        <translation>I Suoi capi restano così. Ci chiami, o paghi alla cassa.</translation>
    </message>
    <message>
        <source>Yes, pay %1</source>
        <extracomment>Confirms the payment of %1.</extracomment>
        <translation>Sì, pagare %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Riprovare</translation>
    </message>
    <message>
        <source>Call someone</source>
        <translation>Chiamare qualcuno</translation>
    </message>
    <message>
        <source>Pay by card or phone</source>
        <translation>Pagare con carta o telefono</translation>
    </message>
    <message>
        <source>Your ring or card was read.</source>
        <extracomment>A ring or card of the house was laid on the reader to pay; it is being checked.</extracomment>
        <translation>Il Suo anello o la Sua carta è stata letta.</translation>
    </message>
    <message>
        <source>Or lay your ring or house card on the reader: that pays with %1.</source>
        <translation>Oppure posi l’anello o la carta della casa sul lettore: così paga con %1.</translation>
    </message>
    <message>
        <source>Nothing was charged. Try again, or pay another way.</source>
        <translation>Nulla è stato addebitato. Riprovi, o paghi in altro modo.</translation>
    </message>
    <message>
        <source>No card was held to it, and nothing was charged.</source>
        <translation>Nessuna carta è stata avvicinata e nulla addebitato.</translation>
    </message>
    <message>
        <source>Stopped as you wished. Nothing was charged.</source>
        <translation>Fermato come desiderava. Nulla è stato addebitato.</translation>
    </message>
    <message>
        <source>Above what this ring may pay today. Pay by card, please.</source>
        <translation>È più di quanto questo anello possa pagare oggi. Paghi con la carta, per favore.</translation>
    </message>
    <message>
        <source>These pieces are being paid for at the desk.</source>
        <translation>Questi capi si stanno pagando ora alla cassa.</translation>
    </message>
    <message>
        <source>The terminal is in use, and nothing was charged. Try again in a moment.</source>
        <translation>Il terminale è occupato e non è stato addebitato nulla. Riprovi tra un momento.</translation>
    </message>
    <message>
        <source>That took too long, so nothing was charged. Try again, please.</source>
        <translation>Ci è voluto troppo, perciò non è stato addebitato nulla. Riprovi, per favore.</translation>
    </message>
    <message>
        <source>One of these pieces is paid for already. Nothing was charged.</source>
        <translation>Uno di questi capi è già pagato. Non è stato addebitato nulla.</translation>
    </message>
    <message>
        <source>Not here just now, and nothing was charged. Pay at the desk, please.</source>
        <translation>Qui ora non è possibile e non è stato addebitato nulla. Paghi alla cassa, per favore.</translation>
    </message>
    <message>
        <source>Nothing was charged, and your pieces stay as they are. Call us, and one of us looks after it with you.</source>
        <translation>Non è stato addebitato nulla e i suoi capi restano come sono. Ci chiami: ce ne occupiamo insieme.</translation>
    </message>
    <message>
        <source>The card was not accepted and nothing was charged. Another card, or once more?</source>
        <translation>La carta non è stata accettata e nulla addebitato. Un’altra carta, o ancora una volta?</translation>
    </message>
</context>
<context>
    <name>PictureSteps</name>
    <message>
        <source>Next picture</source>
        <extracomment>Shows the next picture of the garment.</extracomment>
        <translation>Immagine successiva</translation>
    </message>
</context>
<context>
    <name>PieceCell</name>
    <message>
        <source>New to us</source>
        <extracomment>A garment that is not in the catalogue.</extracomment>
        <translation>Nuova per noi</translation>
    </message>
    <message>
        <source>yours</source>
        <extracomment>At a piece that has been paid; and at one of which another size is advised (%1).</extracomment>
        <translation>Suo</translation>
    </message>
    <message>
        <source>try %1</source>
        <translation>provi la %1</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sì</translation>
    </message>
    <message>
        <source>Not mine</source>
        <translation>No</translation>
    </message>
</context>
<context>
    <name>PreparedCell</name>
    <message>
        <source>Asked for</source>
        <translation>richiesto</translation>
    </message>
</context>
<context>
    <name>PreparedTexts</name>
    <message>
        <source>Everything is with you.</source>
        <extracomment>Every piece that was prepared for the shopper hangs in her room by now.</extracomment>
        <translation>È tutto con lei.</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <extracomment>Over the pieces that %1, an associate, has chosen for the shopper before she came. Short.</extracomment>
        <translation>Pronto per lei</translation>
    </message>
    <message>
        <source>Waiting for you, chosen by %1</source>
        <translation>Pronto per lei, scelto da %1</translation>
    </message>
    <message>
        <source>Look %1</source>
        <extracomment>Pieces of one number are to be worn together. Short.</extracomment>
        <translation>Look %1</translation>
    </message>
    <message>
        <source>Here for you</source>
        <extracomment>An associate has fetched the piece and keeps it near the fitting rooms.</extracomment>
        <translation>Pronto per lei</translation>
    </message>
    <message>
        <source>On the floor</source>
        <extracomment>The piece hangs on the sales floor. %1 is the name of its rail.</extracomment>
        <translation>In negozio</translation>
    </message>
    <message>
        <source>Hangs at: %1</source>
        <translation>Si trova a: %1</translation>
    </message>
    <message>
        <source>We bring it to you</source>
        <extracomment>The piece is in the stockroom; an associate brings it.</extracomment>
        <translation>Glielo portiamo</translation>
    </message>
    <message>
        <source>Just gone; ask us</source>
        <extracomment>The piece that was chosen is not in this shop any more.</extracomment>
        <translation>Appena esaurito; chieda a noi</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>Your receipt is being printed.</source>
        <translation>Il Suo scontrino è in stampa.</translation>
    </message>
    <message>
        <source>Here is your receipt, on paper.</source>
        <translation>Ecco il suo scontrino, su carta.</translation>
    </message>
    <message>
        <source>The printer does not answer just now. With this number we are glad to give it to you at the desk.</source>
        <translation>La stampante al momento non risponde. Con questo numero glielo diamo volentieri alla cassa.</translation>
    </message>
    <message>
        <source>With this number we are glad to give it to you at the desk.</source>
        <translation>Con questo numero glielo diamo volentieri alla cassa.</translation>
    </message>
    <message>
        <source>Thank you, %1</source>
        <translation>Grazie, %1</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>Grazie</translation>
    </message>
    <message>
        <source>%1 is paid, and the pieces are yours.</source>
        <translation>%1 pagati, e i capi sono Suoi.</translation>
    </message>
    <message>
        <source>Your receipt, to take along</source>
        <translation>Il Suo scontrino, da portare con sé</translation>
    </message>
    <message>
        <source>Your receipt</source>
        <translation>Il Suo scontrino</translation>
    </message>
    <message>
        <source>Print my receipt</source>
        <translation>Stampa lo scontrino</translation>
    </message>
    <message>
        <source>Print it once more</source>
        <translation>Stampalo di nuovo</translation>
    </message>
    <message>
        <source>Finish and forget me</source>
        <extracomment>Ends the visit; the mirror forgets everything of it.</extracomment>
        <translation>Finire e dimenticarmi</translation>
    </message>
</context>
<context>
    <name>RequestPage</name>
    <message>
        <source>Asked for</source>
        <extracomment>Over the list of what the shopper has asked for.</extracomment>
        <translation>Richiesto</translation>
    </message>
    <message>
        <source>Nothing is asked for at the moment.</source>
        <translation>Al momento nulla è richiesto.</translation>
    </message>
</context>
<context>
    <name>RequestRow</name>
    <message>
        <source>It will be left at the door.</source>
        <translation>Sarà lasciato alla porta.</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <extracomment>Takes a request back.</extracomment>
        <translation>Non serve più</translation>
    </message>
</context>
<context>
    <name>RequestTexts</name>
    <message>
        <source>Being sent</source>
        <translation>In invio</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>Non ancora inviato</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Ricevuto</translation>
    </message>
    <message>
        <source>We are finding someone</source>
        <translation>Cerchiamo ancora qualcuno</translation>
    </message>
    <message>
        <source>%1 asks you to come out</source>
        <extracomment>%1 is an associate&apos;s first name, who waits outside the fitting room. Nothing is brought.</extracomment>
        <translation>%1 la invita a uscire</translation>
    </message>
    <message>
        <source>%1 is coming</source>
        <translation>%1 arriva</translation>
    </message>
    <message>
        <source>%1 is bringing it</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>%1 lo porta</translation>
    </message>
    <message>
        <source>%1 is at the door</source>
        <translation>%1 è alla porta</translation>
    </message>
    <message>
        <source>At your door</source>
        <translation>Alla Sua porta</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fatto</translation>
    </message>
    <message>
        <source>%1 is sorry</source>
        <translation>%1 si scusa</translation>
    </message>
    <message>
        <source>We are sorry</source>
        <translation>Ci dispiace</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Ritirato</translation>
    </message>
    <message>
        <source>The shop cannot be reached; it goes out by itself as soon as it can.</source>
        <translation>Il negozio non è raggiungibile; partirà da sé appena possibile.</translation>
    </message>
    <message numerus="yes">
        <source>Waiting for %n minutes; you are not forgotten.</source>
        <translation>
            <numerusform>Da %n minuto; non ci siamo dimenticati di Lei.</numerusform>
            <numerusform>Da %n minuti; non ci siamo dimenticati di Lei.</numerusform>
        </translation>
    </message>
    <message>
        <source>The team has it and answers by name.</source>
        <translation>Il team l’ha ricevuto e risponde per nome.</translation>
    </message>
    <message numerus="yes">
        <source>About %n minutes</source>
        <translation>
            <numerusform>Circa %n minuto</numerusform>
            <numerusform>Circa %n minuti</numerusform>
        </translation>
    </message>
    <message>
        <source>None of us is free just now. Your wish stays open, and we go on asking.</source>
        <translation>In questo momento nessuno di noi è libero. La sua richiesta resta aperta e continuiamo a chiedere.</translation>
    </message>
    <message>
        <source>%1, who runs the shop, is being asked now.</source>
        <extracomment>%1 is the manager&apos;s first name.</extracomment>
        <translation>Ora lo chiediamo a %1, responsabile del negozio.</translation>
    </message>
    <message>
        <source>%1 is being asked now.</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>Ora lo chiediamo a %1.</translation>
    </message>
    <message>
        <source>%1 could not come after all; all of us see it again.</source>
        <extracomment>%1 is an associate&apos;s first name, who had said yes before.</extracomment>
        <translation>%1 alla fine non ha potuto venire; tutti noi la vediamo di nuovo.</translation>
    </message>
    <message numerus="yes">
        <source>Nobody has a hand free yet; it usually takes %n minutes.</source>
        <translation>
            <numerusform>Nessuno ha ancora le mani libere; di solito ci vuole %n minuto.</numerusform>
            <numerusform>Nessuno ha ancora le mani libere; di solito ci vogliono %n minuti.</numerusform>
        </translation>
    </message>
    <message>
        <source>It hangs out in the shop: you are welcome to come out and take it.</source>
        <translation>È appeso in negozio: può uscire a prenderlo quando vuole.</translation>
    </message>
    <message>
        <source>It is in our stockroom: at the desk we fetch it for you.</source>
        <translation>È nel nostro magazzino: al banco glielo prendiamo noi.</translation>
    </message>
    <message>
        <source>You are welcome to come out to the desk.</source>
        <translation>Può uscire e venire al banco quando vuole.</translation>
    </message>
    <message>
        <source>On the way to you</source>
        <translation>In arrivo da Lei</translation>
    </message>
    <message>
        <source>The last one has just been sold.</source>
        <translation>L’ultimo è stato appena venduto.</translation>
    </message>
    <message>
        <source>It is here in another colour.</source>
        <translation>C’è in un altro colore.</translation>
    </message>
    <message>
        <source>Come out for a moment, please, and we look together.</source>
        <translation>Esca un momento, per favore, e guardiamo insieme.</translation>
    </message>
</context>
<context>
    <name>ServiceRow</name>
    <message>
        <source>for a look, a size, an opinion</source>
        <translation>per uno sguardo, una taglia, un parere</translation>
    </message>
    <message>
        <source>we pin it here, on you</source>
        <translation>lo appuntiamo qui, su di Lei</translation>
    </message>
    <message>
        <source>water, coffee or tea</source>
        <translation>acqua, caffè o tè</translation>
    </message>
</context>
<context>
    <name>SharedTexts</name>
    <message>
        <source>I&apos;d like all of them</source>
        <extracomment>Puts all garments in the room into the basket. Short.</extracomment>
        <translation>Li prendo tutti</translation>
    </message>
    <message>
        <source>Back to the pieces</source>
        <extracomment>Goes to the page with all garments in the room. Short.</extracomment>
        <translation>Torna ai capi</translation>
    </message>
    <message>
        <source>In your basket</source>
        <extracomment>At a garment: a touch puts it into the basket; and it is in the basket. Short.</extracomment>
        <translation>Nella Sua selezione</translation>
    </message>
    <message>
        <source>I&apos;d like this one</source>
        <translation>Lo prendo</translation>
    </message>
    <message>
        <source>This one is yours.</source>
        <translation>Questo capo è Suo.</translation>
    </message>
    <message>
        <source>This one is paid for already.</source>
        <translation>Questo capo è già pagato.</translation>
    </message>
    <message>
        <source>We do not know this piece yet. Ask us about it.</source>
        <translation>Non conosciamo ancora questo capo. Chieda a noi.</translation>
    </message>
    <message>
        <source>Is this yours?</source>
        <translation>È Suo?</translation>
    </message>
    <message>
        <source>Its price is not here yet. We are glad to look it up.</source>
        <translation>Il suo prezzo non è ancora qui. Lo cerchiamo volentieri.</translation>
    </message>
    <message>
        <source>Lowest price of the last 30 days: %1</source>
        <extracomment>Stated where a price is reduced, as the law of the EU asks for it; %1 is that price.</extracomment>
        <translation>Prezzo più basso degli ultimi 30 giorni: %1</translation>
    </message>
    <message>
        <source>before %1</source>
        <extracomment>%1 is the price before a sale; it stands beside the present price. Short.</extracomment>
        <translation>prima %1</translation>
    </message>
    <message>
        <source>Show others (%1 to %2 of %3)</source>
        <extracomment>Shows other garments of a long list; those of the numbers %1 to %2 of %3 are shown. Short.</extracomment>
        <translation>Mostra altri (da %1 a %2 di %3)</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <extracomment>%1 are names of garments; %n more are paid for too.</extracomment>
        <translation>
            <numerusform>%1 e %n altro</numerusform>
            <numerusform>%1 e altri %n</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <extracomment>Between the garments of an order.</extracomment>
        <translation>, </translation>
    </message>
    <message>
        <source>Just a mirror for a moment. Help still works.</source>
        <extracomment>The shop&apos;s computer cannot be reached.</extracomment>
        <translation>Per un momento solo uno specchio. L’aiuto funziona ancora.</translation>
    </message>
    <message>
        <source>New pieces are not recognised just now. What is here stays here.</source>
        <extracomment>The reader that recognises garments is away.</extracomment>
        <translation>Ora i nuovi capi non vengono riconosciuti. Ciò che è qui resta.</translation>
    </message>
    <message>
        <source>That was a little short. Hold it there a moment longer.</source>
        <translation>È stato un po’ breve. Lo tenga un attimo in più.</translation>
    </message>
    <message>
        <source>That is a bank card; it is only read by the terminal. Nothing was taken from it.</source>
        <extracomment>A bank card was held to our own reader, which does not read those.</extracomment>
        <translation>È una carta bancaria; la legge solo il terminale. Nulla è stato prelevato.</translation>
    </message>
    <message>
        <source>It could not be read. Once more, please, and lay it flat.</source>
        <translation>Non si è potuto leggere. Ancora una volta, ben piatto.</translation>
    </message>
    <message>
        <source>We do not know this card yet. Everything works without it.</source>
        <translation>Non conosciamo ancora questa carta. Tutto funziona anche senza.</translation>
    </message>
    <message>
        <source>This one cannot pay here. A bank card or your phone can.</source>
        <extracomment>A known ring or member card, laid on the reader to pay; it has no means of payment or cannot prove whose it is.</extracomment>
        <translation>Con questa non si può pagare qui. Con carta bancaria o telefono sì.</translation>
    </message>
    <message>
        <source>We cannot find this piece in our house. We are glad to help.</source>
        <extracomment>A garment&apos;s label was scanned that this house does not sell.</extracomment>
        <translation>Non troviamo questo capo da noi. La aiutiamo volentieri.</translation>
    </message>
    <message>
        <source>Your voucher counts in the basket.</source>
        <extracomment>The code of a voucher was scanned.</extracomment>
        <translation>Il suo buono vale per la selezione.</translation>
    </message>
    <message>
        <source>This voucher does not count just now. We are glad to help.</source>
        <extracomment>The code of a voucher was scanned that has ended, or has not begun.</extracomment>
        <translation>Questo buono al momento non vale. La aiutiamo volentieri.</translation>
    </message>
    <message numerus="yes">
        <source>%1 is on the floor, about %n minutes</source>
        <extracomment>%1 is an associate&apos;s first name. %n minutes is how long it usually takes.</extracomment>
        <translation>
            <numerusform>%1 è in negozio, circa %n minuto</numerusform>
            <numerusform>%1 è in negozio, circa %n minuti</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is on the floor</source>
        <translation>%1 è in negozio</translation>
    </message>
    <message>
        <source>Someone to help</source>
        <translation>Qualcuno che aiuti</translation>
    </message>
    <message>
        <source>An alteration</source>
        <translation>Una modifica</translation>
    </message>
    <message>
        <source>A drink</source>
        <translation>Qualcosa da bere</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>A garment and the size asked for.</extracomment>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>SizeAdvice</name>
    <message>
        <source>May we ask one thing?</source>
        <translation>Possiamo chiederLe una cosa?</translation>
    </message>
</context>
<context>
    <name>SizeRow</name>
    <message>
        <source>advised</source>
        <extracomment>Beside the size that we advise; and beside the other one that may fit. Short.</extracomment>
        <translation>consigliata</translation>
    </message>
    <message>
        <source>also</source>
        <translation>anche</translation>
    </message>
</context>
<context>
    <name>SizeTexts</name>
    <message>
        <source>%1 it is</source>
        <extracomment>%1 is the size that the shopper finds just right.</extracomment>
        <translation>Allora la %1</translation>
    </message>
    <message>
        <source>We take it up for you</source>
        <extracomment>A tailor shortens the garment.</extracomment>
        <translation>Glielo accorciamo</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <extracomment>%1 is the shopper&apos;s size, %2 the colour in which the garment is there.</extracomment>
        <translation>%1, in %2</translation>
    </message>
    <message>
        <source>%1 is gone just now</source>
        <translation>%1 è esaurita per ora</translation>
    </message>
    <message>
        <source>We find a way</source>
        <translation>Troviamo il modo</translation>
    </message>
    <message>
        <source>Your size here is still open</source>
        <translation>La Sua taglia qui è da scoprire</translation>
    </message>
    <message>
        <source>%1 or %2?</source>
        <extracomment>%1 and %2 are sizes.</extracomment>
        <translation>%1 o %2?</translation>
    </message>
    <message>
        <source>Between %1 and %2, take %3</source>
        <extracomment>%1 and %2 are sizes, %3 the one of them to try first.</extracomment>
        <translation>Tra %1 e %2, prenda la %3</translation>
    </message>
    <message>
        <source>Take %1</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>Prenda la %1</translation>
    </message>
    <message>
        <source>Perhaps %1</source>
        <extracomment>%1 is a size; we are not certain of it.</extracomment>
        <translation>Forse %1</translation>
    </message>
    <message>
        <source>%1 sits easier here</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>Qui la %1 veste più comoda</translation>
    </message>
    <message>
        <source>%1 sits closer here</source>
        <translation>Qui la %1 veste più precisa</translation>
    </message>
    <message>
        <source>%1 is your size here</source>
        <translation>La %1 è la Sua taglia qui</translation>
    </message>
    <message>
        <source>%1 is sold out in this colour. In %2 it is here.</source>
        <extracomment>%1 is a size that would fit, %2 a colour.</extracomment>
        <translation>La %1 è esaurita in questo colore. In %2 è qui.</translation>
    </message>
    <message>
        <source>%1 would be your size, and it is sold out. We are glad to look with you.</source>
        <extracomment>%1 is a size that would fit.</extracomment>
        <translation>La %1 sarebbe la sua taglia, ma è esaurita. Cerchiamo volentieri insieme a lei.</translation>
    </message>
    <message>
        <source>Two hints point to different sizes. Try both; we bring the other one.</source>
        <translation>Due indizi portano a taglie diverse. Le provi entrambe; portiamo noi l’altra.</translation>
    </message>
    <message>
        <source>Two hints point to different sizes. Trying it on will tell.</source>
        <translation>Due indizi portano a taglie diverse. Lo dirà la prova.</translation>
    </message>
    <message>
        <source>Here we know too little to be sure. Trying it on will tell; we bring the next size at once.</source>
        <translation>Qui sappiamo troppo poco per essere sicuri. Lo dirà la prova; portiamo subito la taglia vicina.</translation>
    </message>
    <message>
        <source>It runs small, yet %1.</source>
        <extracomment>%1 is a clause: &quot;41 of 60 kept their usual size&quot;, or &quot;M is the likeliest&quot;.</extracomment>
        <translation>Veste piccolo, eppure %1.</translation>
    </message>
    <message>
        <source>This one runs small: %1.</source>
        <translation>Questo capo veste piccolo: %1.</translation>
    </message>
    <message>
        <source>This one runs small.</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>Questo capo veste piccolo.</translation>
    </message>
    <message>
        <source>It runs large, yet %1.</source>
        <translation>Veste grande, eppure %1.</translation>
    </message>
    <message>
        <source>This one runs large: %1.</source>
        <translation>Questo capo veste grande: %1.</translation>
    </message>
    <message>
        <source>This one runs large.</source>
        <translation>Questo capo veste grande.</translation>
    </message>
    <message>
        <source>True to size: %1.</source>
        <translation>Veste regolare: %1.</translation>
    </message>
    <message>
        <source>True to size.</source>
        <translation>Veste regolare.</translation>
    </message>
    <message>
        <source>You usually take %1, and this one is true to size.</source>
        <extracomment>%1 is the size that the shopper usually takes.</extracomment>
        <translation>Di solito prende la %1, e questo capo veste regolare.</translation>
    </message>
    <message>
        <source>The size you usually take.</source>
        <translation>La taglia che prende di solito.</translation>
    </message>
    <message>
        <source>%1 is the likeliest</source>
        <extracomment>%1 is a size; the end of a sentence.</extracomment>
        <translation>la %1 è la più probabile</translation>
    </message>
    <message>
        <source>From height and weight. The chart behind it was measured on other people, so it is a hint.</source>
        <translation>Da altezza e peso. La tabella fu misurata su altre persone: è un’indicazione.</translation>
    </message>
    <message>
        <source>Nobody has told us yet how this one sits.</source>
        <translation>Nessuno ci ha ancora detto come veste questo capo.</translation>
    </message>
    <message>
        <source>We are not sure yet. Try both; we bring the other one.</source>
        <translation>Non siamo ancora sicuri. Le provi entrambe; portiamo noi l’altra.</translation>
    </message>
    <message>
        <source>We are not sure yet. Trying it on will tell.</source>
        <translation>Non siamo ancora sicuri. Lo dirà la prova.</translation>
    </message>
    <message>
        <source>Good to know. It stays as it is.</source>
        <translation>Buono a sapersi. Resta così.</translation>
    </message>
    <message>
        <source>The size is right; a tailor pins it here, on you.</source>
        <translation>La taglia è giusta; lo appuntiamo qui, su di Lei.</translation>
    </message>
    <message>
        <source>%1 is the most generous one; our tailor looks at it with you.</source>
        <extracomment>%1 is the last size of the garment, at either end.</extracomment>
        <translation>La %1 è la più ampia; il nostro sarto la guarda con Lei.</translation>
    </message>
    <message>
        <source>%1 is the closest one; our tailor looks at it with you.</source>
        <translation>La %1 è la più aderente; il nostro sarto la guarda con Lei.</translation>
    </message>
    <message>
        <source>%1 gives a little more room.</source>
        <translation>La %1 lascia un po’ più di agio.</translation>
    </message>
    <message>
        <source>%1 sits a little closer.</source>
        <translation>La %1 veste un po’ più aderente.</translation>
    </message>
    <message>
        <source>%1 of %2 who usually take %3 kept %4</source>
        <extracomment>%1 of %2 shoppers whose usual size is %3 kept size %4.</extracomment>
        <translation>%1 su %2 che di solito prendono la %3 hanno tenuto la %4</translation>
    </message>
    <message>
        <source>%1 of %2 kept their usual size</source>
        <translation>%1 su %2 hanno tenuto la loro taglia abituale</translation>
    </message>
    <message>
        <source>with you</source>
        <translation>con Lei</translation>
    </message>
    <message numerus="yes">
        <source>%n here</source>
        <extracomment>Pieces of one size that hang on the shop floor.</extracomment>
        <translation>
            <numerusform>%n qui</numerusform>
            <numerusform>%n qui</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the back</source>
        <extracomment>Pieces of one size in the stockroom.</extracomment>
        <translation>
            <numerusform>%n in deposito</numerusform>
            <numerusform>%n in deposito</numerusform>
        </translation>
    </message>
    <message>
        <source>expected</source>
        <extracomment>Of a size that is on its way to this shop. Short.</extracomment>
        <translation>in arrivo</translation>
    </message>
    <message>
        <source>gone</source>
        <extracomment>Of a size that is not to be had.</extracomment>
        <translation>esaurita</translation>
    </message>
    <message>
        <source>With you in the room</source>
        <translation>Con Lei in camerino</translation>
    </message>
    <message numerus="yes">
        <source>%n on the floor</source>
        <translation>
            <numerusform>%n in negozio</numerusform>
            <numerusform>%n in negozio</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the stockroom</source>
        <translation>
            <numerusform>%n in deposito</numerusform>
            <numerusform>%n in deposito</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in %1</source>
        <extracomment>%1 is another shop&apos;s town.</extracomment>
        <translation>
            <numerusform>%n a %1</numerusform>
            <numerusform>%n a %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n on the way to us</source>
        <extracomment>Pieces of one size that are being delivered to this shop.</extracomment>
        <translation>
            <numerusform>%n in arrivo</numerusform>
            <numerusform>%n in arrivo</numerusform>
        </translation>
    </message>
    <message>
        <source>Not to be had at the moment</source>
        <translation>Al momento non disponibile</translation>
    </message>
    <message>
        <source>Counted just now</source>
        <translation>Contato proprio ora</translation>
    </message>
    <message numerus="yes">
        <source>Counted %n minutes ago</source>
        <translation>
            <numerusform>Contato %n minuto fa</numerusform>
            <numerusform>Contato %n minuti fa</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted %n hours ago</source>
        <translation>
            <numerusform>Contato %n ora fa</numerusform>
            <numerusform>Contato %n ore fa</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted %n days ago</source>
        <translation>
            <numerusform>Contato %n giorno fa</numerusform>
            <numerusform>Contato %n giorni fa</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StaffMessage</name>
    <message>
        <source>From %1</source>
        <extracomment>Over a message that an associate has written to the shopper. %1 is the associate&apos;s first name.</extracomment>
        <translation>Da %1</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>Takes an associate&apos;s message off the mirror. Short.</extracomment>
        <translation>Chiudi</translation>
    </message>
</context>
<context>
    <name>StillTherePage</name>
    <message>
        <source>Are you still there?</source>
        <translation>È ancora qui?</translation>
    </message>
    <message>
        <source>Yes, I am here</source>
        <translation>Sì, sono qui</translation>
    </message>
    <message>
        <source>I have only just come</source>
        <extracomment>Touched by a shopper who has just come into the room of another one.</extracomment>
        <translation>Sono appena arrivata</translation>
    </message>
</context>
<context>
    <name>TailorTexts</name>
    <message>
        <source>You pay when you fetch it.</source>
        <extracomment>The price of an alteration is not charged now.</extracomment>
        <translation>Si paga al ritiro.</translation>
    </message>
    <message>
        <source>ready on %1</source>
        <extracomment>An altered garment can be fetched on %1, a day such as Thursday, 3 Dec. Follows the price.</extracomment>
        <translation>pronto %1</translation>
    </message>
</context>
<context>
    <name>WardrobePage</name>
    <message>
        <source>With you, %1</source>
        <extracomment>Over the garments that hang in the shopper&apos;s room.</extracomment>
        <translation>Con Lei, %1</translation>
    </message>
    <message>
        <source>With you</source>
        <translation>Con Lei</translation>
    </message>
    <message>
        <source>Hang your pieces here. They appear by themselves.</source>
        <translation>Appenda qui i Suoi capi. Appaiono da sé.</translation>
    </message>
    <message>
        <source>Goes with it</source>
        <extracomment>Over the suggestions that go along with the garments in the room.</extracomment>
        <translation>Si abbina</translation>
    </message>
    <message>
        <source>Your receipt</source>
        <extracomment>Opens the receipt of what was paid in this visit. Short.</extracomment>
        <translation>Il Suo scontrino</translation>
    </message>
    <message>
        <source>Basket</source>
        <extracomment>Opens the basket. The sum stands beside it.</extracomment>
        <translation>Selezione</translation>
    </message>
</context>
</TS>
