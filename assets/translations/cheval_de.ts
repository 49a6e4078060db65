<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AsideRow</name>
    <message>
        <source>At the desk you need only this code: %1</source>
        <extracomment>%1 is a short code of letters and digits, with which the shopper fetches the garment.</extracomment>
        <translation>An der Kasse genügt dieser Code: %1</translation>
    </message>
    <message>
        <source>You can leave it hanging here.</source>
        <translation>Sie können es hier hängen lassen.</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <extracomment>The garment need not be kept for the shopper any more.</extracomment>
        <translation>Nicht mehr nötig</translation>
    </message>
</context>
<context>
    <name>AsideTexts</name>
    <message>
        <source>Put it aside for me</source>
        <extracomment>Asks the shop to keep a garment for the shopper until a day; she fetches it at the desk. Short.</extracomment>
        <translation>Für mich zurücklegen</translation>
    </message>
    <message>
        <source>Put aside for you</source>
        <extracomment>Opens the list of garments that the shop keeps for her. Short.</extracomment>
        <translation>Für Sie zurückgelegt</translation>
    </message>
    <message>
        <source>We are putting it aside</source>
        <translation>Wir legen es zurück</translation>
    </message>
    <message>
        <source>%1 has put it aside for you</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>%1 hat es für Sie zurückgelegt</translation>
    </message>
    <message>
        <source>This one cannot be put aside. Ask us about it.</source>
        <translation>Dieses Stück lässt sich nicht zurücklegen. Fragen Sie uns danach.</translation>
    </message>
    <message>
        <source>No longer put aside</source>
        <translation>Nicht mehr zurückgelegt</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>%1 is a day of the month, %2 the month: its short name, or its number in Japanese, Chinese and Arabic.</extracomment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Until %1, %2</source>
        <extracomment>Until when a garment is kept. %1 is a date, %2 a time of day.</extracomment>
        <translation>Bis %1, %2 Uhr</translation>
    </message>
</context>
<context>
    <name>AskPage</name>
    <message>
        <source>What may we do for you?</source>
        <translation>Was dürfen wir für Sie tun?</translation>
    </message>
    <message>
        <source>Another size or colour</source>
        <translation>Andere Größe oder Farbe</translation>
    </message>
    <message>
        <source>touch the piece, then the size</source>
        <translation>das Stück berühren, dann die Größe</translation>
    </message>
    <message>
        <source>Nobody is signed in at the rooms just now; whoever comes sees your call first.</source>
        <translation>Gerade ist niemand bei den Kabinen angemeldet; wer kommt, sieht Ihren Ruf zuerst.</translation>
    </message>
</context>
<context>
    <name>AwayPage</name>
    <message>
        <source>Until next time</source>
        <translation>Bis zum nächsten Mal</translation>
    </message>
    <message>
        <source>This mirror keeps nothing of your visit.</source>
        <translation>Dieser Spiegel behält nichts von Ihrem Besuch.</translation>
    </message>
</context>
<context>
    <name>BasketPage</name>
    <message>
        <source>Basket</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Nothing hangs with you yet.</source>
        <translation>Bei Ihnen hängt noch nichts.</translation>
    </message>
    <message>
        <source>Nothing chosen yet. Touch what you would like to take home.</source>
        <translation>Noch nichts ausgewählt. Berühren Sie, was Sie mitnehmen möchten.</translation>
    </message>
    <message numerus="yes">
        <source>%n pieces</source>
        <extracomment>Before the sum of the basket; %n pieces are in it.</extracomment>
        <translation>
            <numerusform>%n Stück</numerusform>
            <numerusform>%n Stück</numerusform>
        </translation>
    </message>
    <message>
        <source>You save %1.</source>
        <extracomment>Under the total of the basket; %1 is the amount that promotions take off.</extracomment>
        <translation>Sie sparen %1.</translation>
    </message>
    <message>
        <source>Before tax. You see the total with tax before you pay.</source>
        <translation>Ohne Steuer. Die Summe mit Steuer sehen Sie vor dem Bezahlen.</translation>
    </message>
    <message>
        <source>Pay here</source>
        <translation>Hier bezahlen</translation>
    </message>
</context>
<context>
    <name>BasketRow</name>
    <message>
        <source>No longer with you, so it is not counted.</source>
        <translation>Nicht mehr bei Ihnen, deshalb nicht mitgezählt.</translation>
    </message>
    <message>
        <source>Take out</source>
        <extracomment>At a garment in the basket: takes it out. Short.</extracomment>
        <translation>Herausnehmen</translation>
    </message>
</context>
<context>
    <name>DeliveryPage</name>
    <message>
        <source>Pay here</source>
        <translation>Hier bezahlen</translation>
    </message>
</context>
<context>
    <name>DeliveryTexts</name>
    <message>
        <source>How would you like it?</source>
        <extracomment>Title of the page on which she chooses how she gets her garments.</extracomment>
        <translation>Wie möchten Sie es bekommen?</translation>
    </message>
    <message>
        <source>Or each piece its own way: touch it.</source>
        <extracomment>Below the ways, which count for all garments; below it they are listed.</extracomment>
        <translation>Oder jedes Stück auf seine Weise: einfach berühren.</translation>
    </message>
    <message>
        <source>We cannot say just now. Take it with you, or ask us.</source>
        <translation>Das können wir gerade nicht sagen. Nehmen Sie es mit, oder fragen Sie uns.</translation>
    </message>
    <message>
        <source>One of us takes down your address before you leave.</source>
        <extracomment>She has chosen to have something sent. The address is not typed on the mirror.</extracomment>
        <translation>Jemand von uns notiert Ihre Adresse, bevor Sie gehen.</translation>
    </message>
    <message numerus="yes">
        <source>%n sent or kept for you</source>
        <extracomment>Opens the page on which she chooses how she gets her garments. Short.</extracomment>
        <translation>
            <numerusform>%n wird zugesandt oder aufgehoben</numerusform>
            <numerusform>%n werden zugesandt oder aufgehoben</numerusform>
        </translation>
    </message>
    <message>
        <source>Have it sent or kept for you</source>
        <translation>Zusenden oder aufheben lassen</translation>
    </message>
    <message>
        <source>In a bag at the desk</source>
        <extracomment>The garments wait in a bag at the shop&apos;s desk. Short.</extracomment>
        <translation>In einer Tasche am Empfang</translation>
    </message>
    <message>
        <source>I collect it another day</source>
        <extracomment>She collects the garments on another day. Short.</extracomment>
        <translation>Ich hole es an einem anderen Tag</translation>
    </message>
    <message>
        <source>Sent home</source>
        <extracomment>The garments are sent to her address. Short.</extracomment>
        <translation>Nach Hause gesendet</translation>
    </message>
    <message>
        <source>With me now</source>
        <extracomment>She takes the garments along now. Short.</extracomment>
        <translation>Ich nehme es mit</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>From today</source>
        <translation>Ab heute</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>Morgen</translation>
    </message>
    <message>
        <source>From tomorrow</source>
        <translation>Ab morgen</translation>
    </message>
    <message>
        <source>On %1</source>
        <extracomment>%1 is a day, such as Thursday, 3 Dec: on this one, and from this one on.</extracomment>
        <translation>Am %1</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>Ab %1</translation>
    </message>
    <message>
        <source>%1, %2 %3</source>
        <extracomment>%1 is the day of the week, %2 the day of the month, %3 the month: its short name, or its number in Arabic.</extracomment>
        <translation>%1, %2. %3</translation>
    </message>
    <message>
        <source>plus %1</source>
        <extracomment>%1 is what it costs.</extracomment>
        <translation>zuzüglich %1</translation>
    </message>
    <message>
        <source>at no charge</source>
        <translation>kostenlos</translation>
    </message>
    <message>
        <source>if you order within %1 h %2 min</source>
        <extracomment>%1 hours and %2 minutes are left in which this day can be promised.</extracomment>
        <translation>bei Bestellung in den nächsten %1 Std. %2 Min.</translation>
    </message>
    <message>
        <source>if you order within %1 min</source>
        <translation>bei Bestellung in den nächsten %1 Min.</translation>
    </message>
</context>
<context>
    <name>FitFeedback</name>
    <message>
        <source>How does it feel?</source>
        <translation>Wie fühlt es sich an?</translation>
    </message>
    <message>
        <source>Where?</source>
        <translation>Wo?</translation>
    </message>
    <message>
        <source>Change</source>
        <extracomment>Takes back the rating of how a piece fits. Short.</extracomment>
        <translation>Ändern</translation>
    </message>
</context>
<context>
    <name>FitPage</name>
    <message>
        <source>Your height and weight</source>
        <translation>Ihre Größe und Ihr Gewicht</translation>
    </message>
    <message>
        <source>A size that fits you</source>
        <translation>Eine Größe, die Ihnen passt</translation>
    </message>
    <message>
        <source>Think of a piece you like to wear: where is it from, and what is on its label?</source>
        <translation>Denken Sie an ein Stück, das Sie gern tragen: Woher ist es, und was steht auf seinem Etikett?</translation>
    </message>
    <message>
        <source>So that we need not guess your size.</source>
        <translation>Damit wir Ihre Größe nicht raten müssen.</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Körpergröße</translation>
    </message>
    <message>
        <source>%1 cm</source>
        <translation>%1 cm</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
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
        <translation>Etikett aus</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>in centimetres and kilos</source>
        <translation>in Zentimetern und Kilo</translation>
    </message>
    <message>
        <source>in feet and pounds</source>
        <translation>in Fuß und Pfund</translation>
    </message>
    <message>
        <source>Rather a size that fits me</source>
        <translation>Lieber eine Größe, die mir passt</translation>
    </message>
    <message>
        <source>Rather height and weight</source>
        <translation>Lieber Größe und Gewicht</translation>
    </message>
    <message>
        <source>Advise me</source>
        <translation>Beraten Sie mich</translation>
    </message>
    <message>
        <source>Asked once, written down nowhere, forgotten when you leave.</source>
        <translation>Einmal gefragt, nirgends notiert, vergessen, wenn Sie gehen.</translation>
    </message>
    <message>
        <source>I would rather not say</source>
        <extracomment>Leaves a question without an answer.</extracomment>
        <translation>Das möchte ich nicht sagen</translation>
    </message>
</context>
<context>
    <name>FitTexts</name>
    <message>
        <source>just right</source>
        <extracomment>How a garment feels that was tried on. Short.</extracomment>
        <translation>genau richtig</translation>
    </message>
    <message>
        <source>a little tight</source>
        <translation>etwas eng</translation>
    </message>
    <message>
        <source>a little loose</source>
        <translation>etwas weit</translation>
    </message>
    <message>
        <source>shoulders</source>
        <extracomment>Where a garment feels tight or loose. Short.</extracomment>
        <translation>Schultern</translation>
    </message>
    <message>
        <source>chest</source>
        <translation>Brust</translation>
    </message>
    <message>
        <source>waist</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>hips</source>
        <translation>Hüfte</translation>
    </message>
    <message>
        <source>sleeves</source>
        <translation>Ärmel</translation>
    </message>
    <message>
        <source>length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>width</source>
        <extracomment>The width of a shoe.</extracomment>
        <translation>Weite</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Back</source>
        <extracomment>Goes one page back. Short.</extracomment>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Just a mirror</source>
        <extracomment>Clears the screen, so that it is only a mirror. Short.</extracomment>
        <translation>Nur Spiegel</translation>
    </message>
    <message>
        <source>Help</source>
        <extracomment>Opens the page where one can ask for help. Short.</extracomment>
        <translation>Hilfe</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Erase</source>
        <extracomment>Removes the last digit that was typed. Short.</extracomment>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>LookPage</name>
    <message>
        <source>Goes with it</source>
        <translation>Passt dazu</translation>
    </message>
    <message>
        <source>One moment, we are looking through the house.</source>
        <translation>Einen Augenblick, wir sehen uns im Haus um.</translation>
    </message>
    <message>
        <source>Nothing more to suggest just now. Ask us; we like to look with you.</source>
        <translation>Gerade haben wir keinen Vorschlag mehr. Fragen Sie uns; wir suchen gern mit Ihnen.</translation>
    </message>
    <message>
        <source>Show others</source>
        <extracomment>Shows the next three suggestions.</extracomment>
        <translation>Andere zeigen</translation>
    </message>
</context>
<context>
    <name>LookRow</name>
    <message>
        <source>Asked for</source>
        <translation>angefragt</translation>
    </message>
    <message>
        <source>Not this</source>
        <extracomment>Takes a suggestion away. Short.</extracomment>
        <translation>Nicht das</translation>
    </message>
</context>
<context>
    <name>LookTexts</name>
    <message numerus="yes">
        <source>%n have taken it along with the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>
            <numerusform>%n Person nahm es zusammen: %1</numerusform>
            <numerusform>%n nahmen es zusammen: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Often taken along with the %1</source>
        <translation>Oft zusammen mit: %1</translation>
    </message>
    <message>
        <source>The same cloth: %1</source>
        <extracomment>%1 is a material or a garment of that material.</extracomment>
        <translation>Der gleiche Stoff: %1</translation>
    </message>
    <message>
        <source>Completes the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>Rundet ab: %1</translation>
    </message>
    <message>
        <source>Completes the look</source>
        <translation>Rundet den Look ab</translation>
    </message>
    <message>
        <source>Chosen by %1</source>
        <extracomment>%1 is a stylist&apos;s first name.</extracomment>
        <translation>Ausgesucht von %1</translation>
    </message>
    <message>
        <source>New this week</source>
        <translation>Neu in dieser Woche</translation>
    </message>
    <message>
        <source>Much loved this season</source>
        <translation>In dieser Saison sehr beliebt</translation>
    </message>
    <message>
        <source>Goes with the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>Passt zu: %1</translation>
    </message>
    <message>
        <source>Goes with your pieces</source>
        <translation>Passt zu Ihren Stücken</translation>
    </message>
    <message>
        <source>often together</source>
        <extracomment>Two pieces that others have often taken together. Short.</extracomment>
        <translation>oft zusammen</translation>
    </message>
    <message>
        <source>the same cloth</source>
        <translation>der gleiche Stoff</translation>
    </message>
    <message>
        <source>completes the look</source>
        <translation>rundet ab</translation>
    </message>
    <message>
        <source>chosen by %1</source>
        <translation>von %1 ausgesucht</translation>
    </message>
    <message>
        <source>new this week</source>
        <translation>neu eingetroffen</translation>
    </message>
    <message>
        <source>much loved</source>
        <translation>sehr beliebt</translation>
    </message>
    <message>
        <source>goes along</source>
        <translation>passt dazu</translation>
    </message>
</context>
<context>
    <name>MessagePiece</name>
    <message>
        <source>Asked for</source>
        <translation>angefragt</translation>
    </message>
</context>
<context>
    <name>OfferActions</name>
    <message>
        <source>Bring me %1</source>
        <extracomment>Asks an associate to bring the garment in size %1.</extracomment>
        <translation>%1 bringen lassen</translation>
    </message>
    <message>
        <source>Bring me %1 and %2</source>
        <extracomment>Asks an associate to bring the garment in two sizes, since either may fit. Short.</extracomment>
        <translation>%1 und %2 bringen lassen</translation>
    </message>
    <message>
        <source>Bring it to me</source>
        <translation>Bringen lassen</translation>
    </message>
    <message>
        <source>See where it is</source>
        <translation>Sehen, wo es ist</translation>
    </message>
    <message>
        <source>Ask us about it</source>
        <translation>Fragen Sie uns danach</translation>
    </message>
    <message>
        <source>You have asked for it.</source>
        <translation>Sie haben danach gefragt.</translation>
    </message>
    <message>
        <source>This one hangs with you.</source>
        <translation>Dieses Stück hängt bei Ihnen.</translation>
    </message>
    <message>
        <source>See your basket</source>
        <translation>Auswahl ansehen</translation>
    </message>
    <message>
        <source>See it in %1</source>
        <extracomment>Shows the garment in the colour %1.</extracomment>
        <translation>In %1 ansehen</translation>
    </message>
    <message>
        <source>We change it for the one you paid, at no charge.</source>
        <extracomment>Another size of a garment that the shopper has paid already in this visit.</extracomment>
        <translation>Wir tauschen Ihr bezahltes Stück dagegen, ohne Aufpreis.</translation>
    </message>
    <message>
        <source>Touch your size, and we bring it.</source>
        <extracomment>No size is chosen yet; the sizes are above.</extracomment>
        <translation>Berühren Sie Ihre Größe, und wir bringen sie.</translation>
    </message>
    <message>
        <source>%1 is in the house. Nobody is signed in at the rooms just now; whoever comes sees your call first.</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>%1 ist im Haus. Gerade ist niemand bei den Kabinen angemeldet; wer kommt, sieht Ihren Ruf zuerst.</translation>
    </message>
    <message>
        <source>%1 hangs in %2. We can have it sent or put aside for you.</source>
        <extracomment>%1 is a size, %2 another shop&apos;s town.</extracomment>
        <translation>%1 hängt in %2. Wir lassen es gern schicken oder zurücklegen.</translation>
    </message>
    <message>
        <source>%1 is sold out in this colour. In %2 it is here.</source>
        <extracomment>%1 is a size, %2 a colour.</extracomment>
        <translation>%1 ist in dieser Farbe vergriffen. In %2 ist sie da.</translation>
    </message>
    <message>
        <source>This one is on its way to us. We can put it aside for you.</source>
        <translation>Dieses Stück ist auf dem Weg zu uns. Wir legen es gern zurück.</translation>
    </message>
    <message>
        <source>Not to be had in this size and colour at the moment.</source>
        <translation>In dieser Größe und Farbe gerade nicht zu haben.</translation>
    </message>
    <message>
        <source>Take it out again</source>
        <extracomment>Takes the garment out of the basket.</extracomment>
        <translation>Wieder herausnehmen</translation>
    </message>
    <message>
        <source>All sizes and colours</source>
        <translation>Alle Größen und Farben</translation>
    </message>
    <message>
        <source>Have it pinned on me</source>
        <extracomment>Asks for an alteration: a tailor pins the garment on the shopper.</extracomment>
        <translation>An mir abstecken lassen</translation>
    </message>
    <message>
        <source>Leave it at the door</source>
        <extracomment>The associate leaves the garment outside the fitting room.</extracomment>
        <translation>An die Tür hängen</translation>
    </message>
</context>
<context>
    <name>PairingPage</name>
    <message>
        <source>This mirror takes a short break</source>
        <translation>Dieser Spiegel macht kurz Pause</translation>
    </message>
    <message>
        <source>Connect this mirror</source>
        <translation>Diesen Spiegel verbinden</translation>
    </message>
    <message>
        <source>Please ask one of us. It stays a mirror all the while.</source>
        <translation>Bitte fragen Sie eine von uns. Ein Spiegel bleibt er dabei.</translation>
    </message>
    <message>
        <source>For our team</source>
        <extracomment>Opens the page for technicians.</extracomment>
        <translation>Für unser Team</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>Leaves the page for technicians. Short.</extracomment>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>PairingTexts</name>
    <message>
        <source>This mirror does not know its store yet.</source>
        <translation>Dieser Spiegel kennt seinen Ladenrechner noch nicht.</translation>
    </message>
    <message>
        <source>The store does not know this mirror any more: its access was ended, or another mirror has this room.</source>
        <translation>Der Ladenrechner kennt diesen Spiegel nicht mehr: Sein Zugang wurde beendet, oder ein anderer Spiegel hat diese Kabine.</translation>
    </message>
    <message>
        <source>What answers at the store&apos;s address cannot prove that it is your store, so this mirror sends nothing to it. If the store was not set up anew, call your technician: somebody may be on the network.</source>
        <translation>Was unter der Adresse des Ladenrechners antwortet, kann nicht beweisen, dass er es ist; darum sendet der Spiegel nichts dorthin. Wurde der Ladenrechner nicht neu eingerichtet, rufen Sie Ihre Technik: Jemand könnte im Netz sein.</translation>
    </message>
    <message>
        <source>On the team&apos;s page, a manager opens “Devices”, chooses room %1 and shows a code. Enter it here within two minutes.</source>
        <extracomment>%1 is the name of the fitting room. “Devices” is the name of the tab on the associates&apos; page.</extracomment>
        <translation>Auf der Teamseite öffnet die Leitung „Geräte“, wählt die Kabine %1 und lässt einen Code zeigen. Geben Sie ihn hier innerhalb von zwei Minuten ein.</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>Einen Moment …</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>Verbunden.</translation>
    </message>
    <message>
        <source>This code is not right, or somebody is between mirror and store. Show a new one and try once more.</source>
        <translation>Dieser Code passt nicht, oder jemand ist zwischen Spiegel und Ladenrechner. Lassen Sie einen neuen zeigen und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>No code is open for room %1. Show a new one.</source>
        <translation>Für die Kabine %1 ist kein Code offen. Lassen Sie einen neuen zeigen.</translation>
    </message>
    <message>
        <source>The store does not answer. Is it running, and is this mirror on its network?</source>
        <translation>Der Ladenrechner antwortet nicht. Läuft er, und ist dieser Spiegel in seinem Netz?</translation>
    </message>
    <message>
        <source>The store did not accept this. Show a new code and try again.</source>
        <translation>Der Ladenrechner hat das nicht angenommen. Lassen Sie einen neuen Code zeigen und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This computer could not save it. Call your technician.</source>
        <translation>Dieser Rechner konnte es nicht speichern. Rufen Sie Ihre Technik.</translation>
    </message>
</context>
<context>
    <name>PayPage</name>
    <message>
        <source>Not this way</source>
        <translation>Nicht so</translation>
    </message>
</context>
<context>
    <name>PaymentTexts</name>
    <message>
        <source>Adding it up</source>
        <translation>Wir rechnen zusammen</translation>
    </message>
    <message>
        <source>Shall we?</source>
        <translation>Wollen wir?</translation>
    </message>
    <message>
        <source>Pay with %1?</source>
        <extracomment>%1 is how the stored means of payment is named, such as a card&apos;s last digits.</extracomment>
        <translation>Mit %1 bezahlen?</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Einen Augenblick</translation>
    </message>
    <message>
        <source>Waking the terminal</source>
        <translation>Das Terminal wacht auf</translation>
    </message>
    <message>
        <source>Hold your card, phone or ring here</source>
        <translation>Karte, Telefon oder Ring hierher halten</translation>
    </message>
    <message>
        <source>One of us takes your payment</source>
        <translation>Wir kassieren bei Ihnen</translation>
    </message>
    <message>
        <source>A moment, please</source>
        <translation>Einen Moment bitte</translation>
    </message>
    <message>
        <source>We are asking the terminal</source>
        <translation>Wir fragen das Terminal</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>Danke</translation>
    </message>
    <message>
        <source>That did not go through</source>
        <translation>Das hat nicht geklappt</translation>
    </message>
    <message>
        <source>You get it back</source>
        <translation>Sie bekommen es zurück</translation>
    </message>
    <message>
        <source>It was given back</source>
        <translation>Es wurde zurückgegeben</translation>
    </message>
    <message>
        <source>Not to be paid here just now</source>
        <translation>Hier lässt sich gerade nicht bezahlen</translation>
    </message>
    <message>
        <source>Paying is resting for a moment</source>
        <translation>Das Bezahlen macht kurz Pause</translation>
    </message>
    <message>
        <source>Let us look at it together</source>
        <translation>Sehen wir es uns gemeinsam an</translation>
    </message>
    <message>
        <source>%1 before tax</source>
        <translation>%1 ohne Steuer</translation>
    </message>
    <message>
        <source>plus %1 tax: %2</source>
        <extracomment>%1 is the rate, such as 19 %, %2 the amount of the tax.</extracomment>
        <translation>zzgl. %1 Steuer: %2</translation>
    </message>
    <message>
        <source>incl. %1 VAT: %2</source>
        <translation>inkl. %1 MwSt.: %2</translation>
    </message>
    <message>
        <source>The terminal is being made ready for you.</source>
        <translation>Das Terminal wird gerade für Sie frei gemacht.</translation>
    </message>
    <message>
        <source>Only a part of it went through, so it is being given back. There is nothing for you to do.</source>
        <translation>Nur ein Teil ging durch, darum wird er zurückgegeben. Sie müssen nichts tun.</translation>
    </message>
    <message>
        <source>Your card was charged after it was stopped, so it is being given back. There is nothing for you to do.</source>
        <translation>Ihre Karte wurde nach dem Abbruch belastet, darum wird es zurückgegeben. Sie müssen nichts tun.</translation>
    </message>
    <message>
        <source>Nothing stays charged. It may take your bank a few days to show it.</source>
        <translation>Es bleibt nichts belastet. Bis Ihre Bank es zeigt, kann es ein paar Tage dauern.</translation>
    </message>
    <message>
        <source>The price has changed since. This is the total now.</source>
        <translation>Der Preis hat sich inzwischen geändert. Das ist jetzt die Summe.</translation>
    </message>
    <message>
        <source>Your ring was recognised.</source>
        <translation>Ihr Ring wurde erkannt.</translation>
    </message>
    <message>
        <source>to the left of the mirror, at the small light</source>
        <translation>links vom Spiegel, beim kleinen Licht</translation>
    </message>
    <message>
        <source>below the mirror, at the small light</source>
        <translation>unter dem Spiegel, beim kleinen Licht</translation>
    </message>
    <message>
        <source>to the right of the mirror, at the small light</source>
        <translation>rechts vom Spiegel, beim kleinen Licht</translation>
    </message>
    <message>
        <source>With our own terminal. A moment, please: someone is coming to you.</source>
        <translation>Mit unserem eigenen Terminal. Einen Moment bitte: Jemand kommt zu Ihnen.</translation>
    </message>
    <message>
        <source>Its answer did not arrive. You will not be charged twice.</source>
        <translation>Seine Antwort kam nicht an. Sie zahlen auf keinen Fall doppelt.</translation>
    </message>
    <message>
        <source>We could not learn whether it went through. Nothing is charged twice; we settle it together.</source>
        <translation>Wir konnten nicht erfahren, ob es geklappt hat. Nichts wird doppelt abgebucht; wir klären es gemeinsam.</translation>
    </message>
    <message>
        <source>Your pieces stay as they are. Call us, or pay at the desk.</source>
        <translation>Ihre Stücke bleiben, wie sie sind. Rufen Sie uns, oder zahlen Sie an der Kasse.</translation>
    </message>
    <message>
        <source>Yes, pay %1</source>
        <extracomment>Confirms the payment of %1.</extracomment>
        <translation>Ja, %1 zahlen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Call someone</source>
        <translation>Jemanden rufen</translation>
    </message>
    <message>
        <source>Pay by card or phone</source>
        <translation>Mit Karte oder Telefon zahlen</translation>
    </message>
    <message>
        <source>Your ring or card was read.</source>
        <extracomment>A ring or card of the house was laid on the reader to pay; it is being checked.</extracomment>
        <translation>Ihr Ring oder Ihre Karte wurde gelesen.</translation>
    </message>
    <message>
        <source>Or lay your ring or house card on the reader: that pays with %1.</source>
        <translation>Oder legen Sie Ring oder Hauskarte auf das Lesegerät: Damit ist mit %1 bezahlt.</translation>
    </message>
    <message>
        <source>Nothing was charged. Try again, or pay another way.</source>
        <translation>Es wurde nichts abgebucht. Noch einmal, oder auf anderem Weg.</translation>
    </message>
    <message>
        <source>No card was held to it, and nothing was charged.</source>
        <translation>Es wurde keine Karte hingehalten und nichts abgebucht.</translation>
    </message>
    <message>
        <source>Stopped as you wished. Nothing was charged.</source>
        <translation>Wie gewünscht beendet. Es wurde nichts abgebucht.</translation>
    </message>
    <message>
        <source>Above what this ring may pay today. Pay by card, please.</source>
        <translation>Das ist mehr, als dieser Ring heute zahlen darf. Bitte zahlen Sie mit Karte.</translation>
    </message>
    <message>
        <source>These pieces are being paid for at the desk.</source>
        <translation>Diese Stücke werden gerade an der Kasse bezahlt.</translation>
    </message>
    <message>
        <source>The terminal is in use, and nothing was charged. Try again in a moment.</source>
        <translation>Das Terminal ist gerade belegt, es wurde nichts belastet. Bitte gleich noch einmal.</translation>
    </message>
    <message>
        <source>That took too long, so nothing was charged. Try again, please.</source>
        <translation>Das hat zu lange gedauert, darum wurde nichts belastet. Bitte noch einmal.</translation>
    </message>
    <message>
        <source>One of these pieces is paid for already. Nothing was charged.</source>
        <translation>Eines dieser Teile ist schon bezahlt. Es wurde nichts belastet.</translation>
    </message>
    <message>
        <source>Not here just now, and nothing was charged. Pay at the desk, please.</source>
        <translation>Hier geht es gerade nicht, es wurde nichts belastet. Bitte an der Kasse zahlen.</translation>
    </message>
    <message>
        <source>Nothing was charged, and your pieces stay as they are. Call us, and one of us looks after it with you.</source>
        <translation>Nichts wurde abgebucht, und Ihre Stücke bleiben, wie sie sind. Rufen Sie uns, wir kümmern uns gemeinsam darum.</translation>
    </message>
    <message>
        <source>The card was not accepted and nothing was charged. Another card, or once more?</source>
        <translation>Die Karte wurde nicht angenommen, nichts wurde abgebucht. Eine andere Karte oder noch einmal?</translation>
    </message>
</context>
<context>
    <name>PictureSteps</name>
    <message>
        <source>Next picture</source>
        <extracomment>Shows the next picture of the garment.</extracomment>
        <translation>Nächstes Bild</translation>
    </message>
</context>
<context>
    <name>PieceCell</name>
    <message>
        <source>New to us</source>
        <extracomment>A garment that is not in the catalogue.</extracomment>
        <translation>Uns noch neu</translation>
    </message>
    <message>
        <source>yours</source>
        <extracomment>At a piece that has been paid; and at one of which another size is advised (%1).</extracomment>
        <translation>gehört Ihnen</translation>
    </message>
    <message>
        <source>try %1</source>
        <translation>%1 probieren</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>Not mine</source>
        <translation>Nein</translation>
    </message>
</context>
<context>
    <name>PreparedCell</name>
    <message>
        <source>Asked for</source>
        <translation>angefragt</translation>
    </message>
</context>
<context>
    <name>PreparedTexts</name>
    <message>
        <source>Everything is with you.</source>
        <extracomment>Every piece that was prepared for the shopper hangs in her room by now.</extracomment>
        <translation>Alles ist bei Ihnen.</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <extracomment>Over the pieces that %1, an associate, has chosen for the shopper before she came. Short.</extracomment>
        <translation>Für Sie bereit</translation>
    </message>
    <message>
        <source>Waiting for you, chosen by %1</source>
        <translation>Für Sie bereit, ausgesucht von %1</translation>
    </message>
    <message>
        <source>Look %1</source>
        <extracomment>Pieces of one number are to be worn together. Short.</extracomment>
        <translation>Look %1</translation>
    </message>
    <message>
        <source>Here for you</source>
        <extracomment>An associate has fetched the piece and keeps it near the fitting rooms.</extracomment>
        <translation>Liegt für Sie bereit</translation>
    </message>
    <message>
        <source>On the floor</source>
        <extracomment>The piece hangs on the sales floor. %1 is the name of its rail.</extracomment>
        <translation>Im Verkaufsraum</translation>
    </message>
    <message>
        <source>Hangs at: %1</source>
        <translation>Hängt bei: %1</translation>
    </message>
    <message>
        <source>We bring it to you</source>
        <extracomment>The piece is in the stockroom; an associate brings it.</extracomment>
        <translation>Wir bringen es Ihnen</translation>
    </message>
    <message>
        <source>Just gone; ask us</source>
        <extracomment>The piece that was chosen is not in this shop any more.</extracomment>
        <translation>Gerade vergriffen; fragen Sie uns</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>Your receipt is being printed.</source>
        <translation>Ihr Beleg wird gedruckt.</translation>
    </message>
    <message>
        <source>Here is your receipt, on paper.</source>
        <translation>Hier ist Ihr Beleg auf Papier.</translation>
    </message>
    <message>
        <source>The printer does not answer just now. With this number we are glad to give it to you at the desk.</source>
        <translation>Der Drucker antwortet gerade nicht. Mit dieser Nummer geben wir Ihnen den Beleg gern an der Kasse.</translation>
    </message>
    <message>
        <source>With this number we are glad to give it to you at the desk.</source>
        <translation>Mit dieser Nummer geben wir Ihnen den Beleg gern an der Kasse.</translation>
    </message>
    <message>
        <source>Thank you, %1</source>
        <translation>Danke, %1</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>Danke</translation>
    </message>
    <message>
        <source>%1 is paid, and the pieces are yours.</source>
        <translation>%1 sind bezahlt, und die Stücke gehören Ihnen.</translation>
    </message>
    <message>
        <source>Your receipt, to take along</source>
        <translation>Ihr Beleg zum Mitnehmen</translation>
    </message>
    <message>
        <source>Your receipt</source>
        <translation>Ihr Beleg</translation>
    </message>
    <message>
        <source>Print my receipt</source>
        <translation>Beleg drucken</translation>
    </message>
    <message>
        <source>Print it once more</source>
        <translation>Noch einmal drucken</translation>
    </message>
    <message>
        <source>Finish and forget me</source>
        <extracomment>Ends the visit; the mirror forgets everything of it.</extracomment>
        <translation>Beenden und mich vergessen</translation>
    </message>
</context>
<context>
    <name>RequestPage</name>
    <message>
        <source>Asked for</source>
        <extracomment>Over the list of what the shopper has asked for.</extracomment>
        <translation>Angefragt</translation>
    </message>
    <message>
        <source>Nothing is asked for at the moment.</source>
        <translation>Gerade ist nichts angefragt.</translation>
    </message>
</context>
<context>
    <name>RequestRow</name>
    <message>
        <source>It will be left at the door.</source>
        <translation>Es wird an die Tür gehängt.</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <extracomment>Takes a request back.</extracomment>
        <translation>Nicht mehr nötig</translation>
    </message>
</context>
<context>
    <name>RequestTexts</name>
    <message>
        <source>Being sent</source>
        <translation>Wird gesendet</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>Noch nicht gesendet</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Angekommen</translation>
    </message>
    <message>
        <source>We are finding someone</source>
        <translation>Noch auf der Suche nach jemandem</translation>
    </message>
    <message>
        <source>%1 asks you to come out</source>
        <extracomment>%1 is an associate&apos;s first name, who waits outside the fitting room. Nothing is brought.</extracomment>
        <translation>%1 bittet Sie heraus</translation>
    </message>
    <message>
        <source>%1 is coming</source>
        <translation>%1 kommt</translation>
    </message>
    <message>
        <source>%1 is bringing it</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>%1 bringt es</translation>
    </message>
    <message>
        <source>%1 is at the door</source>
        <translation>%1 ist an der Tür</translation>
    </message>
    <message>
        <source>At your door</source>
        <translation>An Ihrer Tür</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>%1 is sorry</source>
        <translation>%1 bedauert</translation>
    </message>
    <message>
        <source>We are sorry</source>
        <translation>Es tut uns leid</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>The shop cannot be reached; it goes out by itself as soon as it can.</source>
        <translation>Der Laden ist nicht erreichbar; es geht von selbst hinaus, sobald es kann.</translation>
    </message>
    <message numerus="yes">
        <source>Waiting for %n minutes; you are not forgotten.</source>
        <translation>
            <numerusform>Seit %n Minute; Sie sind nicht vergessen.</numerusform>
            <numerusform>Seit %n Minuten; Sie sind nicht vergessen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The team has it and answers by name.</source>
        <translation>Das Team hat es und antwortet mit Namen.</translation>
    </message>
    <message numerus="yes">
        <source>About %n minutes</source>
        <translation>
            <numerusform>Etwa %n Minute</numerusform>
            <numerusform>Etwa %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>None of us is free just now. Your wish stays open, and we go on asking.</source>
        <translation>Gerade ist niemand von uns frei. Ihr Wunsch bleibt offen, und wir fragen weiter.</translation>
    </message>
    <message>
        <source>%1, who runs the shop, is being asked now.</source>
        <extracomment>%1 is the manager&apos;s first name.</extracomment>
        <translation>Jetzt wird %1 gefragt, die Leitung des Hauses.</translation>
    </message>
    <message>
        <source>%1 is being asked now.</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>Jetzt wird %1 gefragt.</translation>
    </message>
    <message>
        <source>%1 could not come after all; all of us see it again.</source>
        <extracomment>%1 is an associate&apos;s first name, who had said yes before.</extracomment>
        <translation>%1 kann nun doch nicht kommen; wir alle sehen es wieder.</translation>
    </message>
    <message numerus="yes">
        <source>Nobody has a hand free yet; it usually takes %n minutes.</source>
        <translation>
            <numerusform>Noch hat niemand die Hände frei; meist dauert es %n Minute.</numerusform>
            <numerusform>Noch hat niemand die Hände frei; meist dauert es %n Minuten.</numerusform>
        </translation>
    </message>
    <message>
        <source>It hangs out in the shop: you are welcome to come out and take it.</source>
        <translation>Es hängt draußen im Laden: Sie können gern herauskommen und es nehmen.</translation>
    </message>
    <message>
        <source>It is in our stockroom: at the desk we fetch it for you.</source>
        <translation>Es liegt in unserem Lager: An der Theke holen wir es für Sie.</translation>
    </message>
    <message>
        <source>You are welcome to come out to the desk.</source>
        <translation>Sie können gern heraus an die Theke kommen.</translation>
    </message>
    <message>
        <source>On the way to you</source>
        <translation>Auf dem Weg zu Ihnen</translation>
    </message>
    <message>
        <source>The last one has just been sold.</source>
        <translation>Das letzte Stück wurde gerade verkauft.</translation>
    </message>
    <message>
        <source>It is here in another colour.</source>
        <translation>Es ist in einer anderen Farbe da.</translation>
    </message>
    <message>
        <source>Come out for a moment, please, and we look together.</source>
        <translation>Kommen Sie bitte kurz heraus, wir schauen gemeinsam.</translation>
    </message>
</context>
<context>
    <name>ServiceRow</name>
    <message>
        <source>for a look, a size, an opinion</source>
        <translation>für einen Blick, eine Größe, eine Meinung</translation>
    </message>
    <message>
        <source>we pin it here, on you</source>
        <translation>wir stecken es hier an Ihnen ab</translation>
    </message>
    <message>
        <source>water, coffee or tea</source>
        <translation>Wasser, Kaffee oder Tee</translation>
    </message>
</context>
<context>
    <name>SharedTexts</name>
    <message>
        <source>I&apos;d like all of them</source>
        <extracomment>Puts all garments in the room into the basket. Short.</extracomment>
        <translation>Ich nehme alle</translation>
    </message>
    <message>
        <source>Back to the pieces</source>
        <extracomment>Goes to the page with all garments in the room. Short.</extracomment>
        <translation>Zurück zu den Stücken</translation>
    </message>
    <message>
        <source>In your basket</source>
        <extracomment>At a garment: a touch puts it into the basket; and it is in the basket. Short.</extracomment>
        <translation>In Ihrer Auswahl</translation>
    </message>
    <message>
        <source>I&apos;d like this one</source>
        <translation>Das nehme ich</translation>
    </message>
    <message>
        <source>This one is yours.</source>
        <translation>Dieses Stück gehört Ihnen.</translation>
    </message>
    <message>
        <source>This one is paid for already.</source>
        <translation>Dieses Stück ist schon bezahlt.</translation>
    </message>
    <message>
        <source>We do not know this piece yet. Ask us about it.</source>
        <translation>Dieses Stück kennen wir noch nicht. Fragen Sie uns.</translation>
    </message>
    <message>
        <source>Is this yours?</source>
        <translation>Gehört das zu Ihnen?</translation>
    </message>
    <message>
        <source>Its price is not here yet. We are glad to look it up.</source>
        <translation>Der Preis fehlt hier noch. Wir sehen gern nach.</translation>
    </message>
    <message>
        <source>Lowest price of the last 30 days: %1</source>
        <extracomment>Stated where a price is reduced, as the law of the EU asks for it; %1 is that price.</extracomment>
        <translation>Niedrigster Preis der letzten 30 Tage: %1</translation>
    </message>
    <message>
        <source>before %1</source>
        <extracomment>%1 is the price before a sale; it stands beside the present price. Short.</extracomment>
        <translation>vorher %1</translation>
    </message>
    <message>
        <source>Show others (%1 to %2 of %3)</source>
        <extracomment>Shows other garments of a long list; those of the numbers %1 to %2 of %3 are shown. Short.</extracomment>
        <translation>Andere zeigen (%1 bis %2 von %3)</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <extracomment>%1 are names of garments; %n more are paid for too.</extracomment>
        <translation>
            <numerusform>%1 und %n weiteres</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
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
        <translation>Für einen Moment nur ein Spiegel. Hilfe geht weiterhin.</translation>
    </message>
    <message>
        <source>New pieces are not recognised just now. What is here stays here.</source>
        <extracomment>The reader that recognises garments is away.</extracomment>
        <translation>Neue Stücke werden gerade nicht erkannt. Was hier ist, bleibt hier.</translation>
    </message>
    <message>
        <source>That was a little short. Hold it there a moment longer.</source>
        <translation>Das war etwas kurz. Halten Sie es einen Moment länger hin.</translation>
    </message>
    <message>
        <source>That is a bank card; it is only read by the terminal. Nothing was taken from it.</source>
        <extracomment>A bank card was held to our own reader, which does not read those.</extracomment>
        <translation>Das ist eine Bankkarte; nur das Terminal liest sie. Es wurde nichts abgebucht.</translation>
    </message>
    <message>
        <source>It could not be read. Once more, please, and lay it flat.</source>
        <translation>Sie ließ sich nicht lesen. Bitte noch einmal, flach aufgelegt.</translation>
    </message>
    <message>
        <source>We do not know this card yet. Everything works without it.</source>
        <translation>Diese Karte kennen wir noch nicht. Alles geht auch ohne sie.</translation>
    </message>
    <message>
        <source>This one cannot pay here. A bank card or your phone can.</source>
        <extracomment>A known ring or member card, laid on the reader to pay; it has no means of payment or cannot prove whose it is.</extracomment>
        <translation>Damit kann hier nicht bezahlt werden. Mit Bankkarte oder Telefon schon.</translation>
    </message>
    <message>
        <source>We cannot find this piece in our house. We are glad to help.</source>
        <extracomment>A garment&apos;s label was scanned that this house does not sell.</extracomment>
        <translation>Dieses Stück finden wir bei uns nicht. Wir helfen gern weiter.</translation>
    </message>
    <message>
        <source>Your voucher counts in the basket.</source>
        <extracomment>The code of a voucher was scanned.</extracomment>
        <translation>Ihr Gutschein zählt in der Auswahl.</translation>
    </message>
    <message>
        <source>This voucher does not count just now. We are glad to help.</source>
        <extracomment>The code of a voucher was scanned that has ended, or has not begun.</extracomment>
        <translation>Dieser Gutschein zählt gerade nicht. Wir helfen Ihnen gern.</translation>
    </message>
    <message numerus="yes">
        <source>%1 is on the floor, about %n minutes</source>
        <extracomment>%1 is an associate&apos;s first name. %n minutes is how long it usually takes.</extracomment>
        <translation>
            <numerusform>%1 ist auf der Fläche, etwa %n Minute</numerusform>
            <numerusform>%1 ist auf der Fläche, etwa %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is on the floor</source>
        <translation>%1 ist auf der Fläche</translation>
    </message>
    <message>
        <source>Someone to help</source>
        <translation>Jemand, der hilft</translation>
    </message>
    <message>
        <source>An alteration</source>
        <translation>Eine Änderung</translation>
    </message>
    <message>
        <source>A drink</source>
        <translation>Etwas zu trinken</translation>
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
        <translation>Dürfen wir eines fragen?</translation>
    </message>
</context>
<context>
    <name>SizeRow</name>
    <message>
        <source>advised</source>
        <extracomment>Beside the size that we advise; and beside the other one that may fit. Short.</extracomment>
        <translation>empfohlen</translation>
    </message>
    <message>
        <source>also</source>
        <translation>auch</translation>
    </message>
</context>
<context>
    <name>SizeTexts</name>
    <message>
        <source>%1 it is</source>
        <extracomment>%1 is the size that the shopper finds just right.</extracomment>
        <translation>Dann ist es %1</translation>
    </message>
    <message>
        <source>We take it up for you</source>
        <extracomment>A tailor shortens the garment.</extracomment>
        <translation>Wir kürzen es für Sie</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <extracomment>%1 is the shopper&apos;s size, %2 the colour in which the garment is there.</extracomment>
        <translation>%1, in %2</translation>
    </message>
    <message>
        <source>%1 is gone just now</source>
        <translation>%1 ist gerade vergriffen</translation>
    </message>
    <message>
        <source>We find a way</source>
        <translation>Wir finden einen Weg</translation>
    </message>
    <message>
        <source>Your size here is still open</source>
        <translation>Ihre Größe ist hier noch offen</translation>
    </message>
    <message>
        <source>%1 or %2?</source>
        <extracomment>%1 and %2 are sizes.</extracomment>
        <translation>%1 oder %2?</translation>
    </message>
    <message>
        <source>Between %1 and %2, take %3</source>
        <extracomment>%1 and %2 are sizes, %3 the one of them to try first.</extracomment>
        <translation>Zwischen %1 und %2: nehmen Sie %3</translation>
    </message>
    <message>
        <source>Take %1</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>Nehmen Sie %1</translation>
    </message>
    <message>
        <source>Perhaps %1</source>
        <extracomment>%1 is a size; we are not certain of it.</extracomment>
        <translation>Vielleicht %1</translation>
    </message>
    <message>
        <source>%1 sits easier here</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>%1 sitzt hier lockerer</translation>
    </message>
    <message>
        <source>%1 sits closer here</source>
        <translation>%1 sitzt hier genauer</translation>
    </message>
    <message>
        <source>%1 is your size here</source>
        <translation>%1 ist hier Ihre Größe</translation>
    </message>
    <message>
        <source>%1 is sold out in this colour. In %2 it is here.</source>
        <extracomment>%1 is a size that would fit, %2 a colour.</extracomment>
        <translation>%1 ist in dieser Farbe vergriffen. In %2 ist sie da.</translation>
    </message>
    <message>
        <source>%1 would be your size, and it is sold out. We are glad to look with you.</source>
        <extracomment>%1 is a size that would fit.</extracomment>
        <translation>%1 wäre Ihre Größe, ist aber vergriffen. Wir suchen gern mit Ihnen.</translation>
    </message>
    <message>
        <source>Two hints point to different sizes. Try both; we bring the other one.</source>
        <translation>Zwei Hinweise zeigen auf verschiedene Größen. Probieren Sie beide; wir bringen die andere.</translation>
    </message>
    <message>
        <source>Two hints point to different sizes. Trying it on will tell.</source>
        <translation>Zwei Hinweise zeigen auf verschiedene Größen. Die Anprobe zeigt es.</translation>
    </message>
    <message>
        <source>Here we know too little to be sure. Trying it on will tell; we bring the next size at once.</source>
        <translation>Hier wissen wir zu wenig, um sicher zu sein. Die Anprobe zeigt es; die nächste Größe bringen wir sofort.</translation>
    </message>
    <message>
        <source>It runs small, yet %1.</source>
        <extracomment>%1 is a clause: &quot;41 of 60 kept their usual size&quot;, or &quot;M is the likeliest&quot;.</extracomment>
        <translation>Es fällt klein aus, doch %1.</translation>
    </message>
    <message>
        <source>This one runs small: %1.</source>
        <translation>Dieses Stück fällt klein aus: %1.</translation>
    </message>
    <message>
        <source>This one runs small.</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>Dieses Stück fällt klein aus.</translation>
    </message>
    <message>
        <source>It runs large, yet %1.</source>
        <translation>Es fällt groß aus, doch %1.</translation>
    </message>
    <message>
        <source>This one runs large: %1.</source>
        <translation>Dieses Stück fällt groß aus: %1.</translation>
    </message>
    <message>
        <source>This one runs large.</source>
        <translation>Dieses Stück fällt groß aus.</translation>
    </message>
    <message>
        <source>True to size: %1.</source>
        <translation>Fällt normal aus: %1.</translation>
    </message>
    <message>
        <source>True to size.</source>
        <translation>Fällt normal aus.</translation>
    </message>
    <message>
        <source>You usually take %1, and this one is true to size.</source>
        <extracomment>%1 is the size that the shopper usually takes.</extracomment>
        <translation>Sie nehmen meist %1, und dieses Stück fällt normal aus.</translation>
    </message>
    <message>
        <source>The size you usually take.</source>
        <translation>Die Größe, die Sie meist nehmen.</translation>
    </message>
    <message>
        <source>%1 is the likeliest</source>
        <extracomment>%1 is a size; the end of a sentence.</extracomment>
        <translation>am ehesten passt %1</translation>
    </message>
    <message>
        <source>From height and weight. The chart behind it was measured on other people, so it is a hint.</source>
        <translation>Aus Größe und Gewicht. Die Tabelle dahinter wurde an anderen Menschen gemessen, also ein Anhaltspunkt.</translation>
    </message>
    <message>
        <source>Nobody has told us yet how this one sits.</source>
        <translation>Noch hat uns niemand gesagt, wie dieses Stück sitzt.</translation>
    </message>
    <message>
        <source>We are not sure yet. Try both; we bring the other one.</source>
        <translation>Wir sind noch nicht sicher. Probieren Sie beide; wir bringen die andere.</translation>
    </message>
    <message>
        <source>We are not sure yet. Trying it on will tell.</source>
        <translation>Wir sind noch nicht sicher. Die Anprobe zeigt es.</translation>
    </message>
    <message>
        <source>Good to know. It stays as it is.</source>
        <translation>Gut zu wissen. Es bleibt dabei.</translation>
    </message>
    <message>
        <source>The size is right; a tailor pins it here, on you.</source>
        <translation>Die Größe stimmt; wir stecken es hier an Ihnen ab.</translation>
    </message>
    <message>
        <source>%1 is the most generous one; our tailor looks at it with you.</source>
        <extracomment>%1 is the last size of the garment, at either end.</extracomment>
        <translation>%1 ist die weiteste; unsere Schneiderin sieht es sich mit Ihnen an.</translation>
    </message>
    <message>
        <source>%1 is the closest one; our tailor looks at it with you.</source>
        <translation>%1 ist die schmalste; unsere Schneiderin sieht es sich mit Ihnen an.</translation>
    </message>
    <message>
        <source>%1 gives a little more room.</source>
        <translation>%1 gibt ein wenig mehr Raum.</translation>
    </message>
    <message>
        <source>%1 sits a little closer.</source>
        <translation>%1 liegt ein wenig näher an.</translation>
    </message>
    <message>
        <source>%1 of %2 who usually take %3 kept %4</source>
        <extracomment>%1 of %2 shoppers whose usual size is %3 kept size %4.</extracomment>
        <translation>%1 von %2, die sonst %3 nehmen, behielten %4</translation>
    </message>
    <message>
        <source>%1 of %2 kept their usual size</source>
        <translation>%1 von %2 behielten ihre übliche Größe</translation>
    </message>
    <message>
        <source>with you</source>
        <translation>bei Ihnen</translation>
    </message>
    <message numerus="yes">
        <source>%n here</source>
        <extracomment>Pieces of one size that hang on the shop floor.</extracomment>
        <translation>
            <numerusform>%n hier</numerusform>
            <numerusform>%n hier</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the back</source>
        <extracomment>Pieces of one size in the stockroom.</extracomment>
        <translation>
            <numerusform>%n im Lager</numerusform>
            <numerusform>%n im Lager</numerusform>
        </translation>
    </message>
    <message>
        <source>expected</source>
        <extracomment>Of a size that is on its way to this shop. Short.</extracomment>
        <translation>erwartet</translation>
    </message>
    <message>
        <source>gone</source>
        <extracomment>Of a size that is not to be had.</extracomment>
        <translation>vergriffen</translation>
    </message>
    <message>
        <source>With you in the room</source>
        <translation>Bei Ihnen in der Kabine</translation>
    </message>
    <message numerus="yes">
        <source>%n on the floor</source>
        <translation>
            <numerusform>%n auf der Fläche</numerusform>
            <numerusform>%n auf der Fläche</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the stockroom</source>
        <translation>
            <numerusform>%n im Lager</numerusform>
            <numerusform>%n im Lager</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in %1</source>
        <extracomment>%1 is another shop&apos;s town.</extracomment>
        <translation>
            <numerusform>%n in %1</numerusform>
            <numerusform>%n in %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n on the way to us</source>
        <extracomment>Pieces of one size that are being delivered to this shop.</extracomment>
        <translation>
            <numerusform>%n auf dem Weg zu uns</numerusform>
            <numerusform>%n auf dem Weg zu uns</numerusform>
        </translation>
    </message>
    <message>
        <source>Not to be had at the moment</source>
        <translation>Derzeit nicht zu haben</translation>
    </message>
    <message>
        <source>Counted just now</source>
        <translation>Soeben gezählt</translation>
    </message>
    <message numerus="yes">
        <source>Counted %n minutes ago</source>
        <translation>
            <numerusform>Vor %n Minute gezählt</numerusform>
            <numerusform>Vor %n Minuten gezählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted %n hours ago</source>
        <translation>
            <numerusform>Vor %n Stunde gezählt</numerusform>
            <numerusform>Vor %n Stunden gezählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted %n days ago</source>
        <translation>
            <numerusform>Vor %n Tag gezählt</numerusform>
            <numerusform>Vor %n Tagen gezählt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StaffMessage</name>
    <message>
        <source>From %1</source>
        <extracomment>Over a message that an associate has written to the shopper. %1 is the associate&apos;s first name.</extracomment>
        <translation>Von %1</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>Takes an associate&apos;s message off the mirror. Short.</extracomment>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>StillTherePage</name>
    <message>
        <source>Are you still there?</source>
        <translation>Sind Sie noch da?</translation>
    </message>
    <message>
        <source>Yes, I am here</source>
        <translation>Ja, ich bin da</translation>
    </message>
    <message>
        <source>I have only just come</source>
        <extracomment>Touched by a shopper who has just come into the room of another one.</extracomment>
        <translation>Ich bin eben erst gekommen</translation>
    </message>
</context>
<context>
    <name>TailorTexts</name>
    <message>
        <source>You pay when you fetch it.</source>
        <extracomment>The price of an alteration is not charged now.</extracomment>
        <translation>Sie bezahlen beim Abholen.</translation>
    </message>
    <message>
        <source>ready on %1</source>
        <extracomment>An altered garment can be fetched on %1, a day such as Thursday, 3 Dec. Follows the price.</extracomment>
        <translation>fertig am %1</translation>
    </message>
</context>
<context>
    <name>WardrobePage</name>
    <message>
        <source>With you, %1</source>
        <extracomment>Over the garments that hang in the shopper&apos;s room.</extracomment>
        <translation>Bei Ihnen, %1</translation>
    </message>
    <message>
        <source>With you</source>
        <translation>Bei Ihnen</translation>
    </message>
    <message>
        <source>Hang your pieces here. They appear by themselves.</source>
        <translation>Hängen Sie Ihre Stücke hierher. Sie erscheinen von selbst.</translation>
    </message>
    <message>
        <source>Goes with it</source>
        <extracomment>Over the suggestions that go along with the garments in the room.</extracomment>
        <translation>Passt dazu</translation>
    </message>
    <message>
        <source>Your receipt</source>
        <extracomment>Opens the receipt of what was paid in this visit. Short.</extracomment>
        <translation>Ihr Beleg</translation>
    </message>
    <message>
        <source>Basket</source>
        <extracomment>Opens the basket. The sum stands beside it.</extracomment>
        <translation>Auswahl</translation>
    </message>
</context>
</TS>
