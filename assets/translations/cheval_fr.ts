<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AsideRow</name>
    <message>
        <source>At the desk you need only this code: %1</source>
        <extracomment>%1 is a short code of letters and digits, with which the shopper fetches the garment.</extracomment>
        <translation>En caisse, ce code suffit : %1</translation>
    </message>
    <message>
        <source>You can leave it hanging here.</source>
        <translation>Vous pouvez le laisser ici.</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <extracomment>The garment need not be kept for the shopper any more.</extracomment>
        <translation>Plus nécessaire</translation>
    </message>
</context>
<context>
    <name>AsideTexts</name>
    <message>
        <source>Put it aside for me</source>
        <extracomment>Asks the shop to keep a garment for the shopper until a day; she fetches it at the desk. Short.</extracomment>
        <translation>Mettez-le de côté pour moi</translation>
    </message>
    <message>
        <source>Put aside for you</source>
        <extracomment>Opens the list of garments that the shop keeps for her. Short.</extracomment>
        <translation>Mis de côté pour vous</translation>
    </message>
    <message>
        <source>We are putting it aside</source>
        <translation>Nous le mettons de côté</translation>
    </message>
    <message>
        <source>%1 has put it aside for you</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>%1 l’a mis de côté pour vous</translation>
    </message>
    <message>
        <source>This one cannot be put aside. Ask us about it.</source>
        <translation>Cette pièce ne peut pas être mise de côté. Demandez-nous.</translation>
    </message>
    <message>
        <source>No longer put aside</source>
        <translation>N’est plus mis de côté</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>%1 is a day of the month, %2 the month: its short name, or its number in Japanese, Chinese and Arabic.</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Until %1, %2</source>
        <extracomment>Until when a garment is kept. %1 is a date, %2 a time of day.</extracomment>
        <translation>Jusqu’au %1, %2</translation>
    </message>
</context>
<context>
    <name>AskPage</name>
    <message>
        <source>What may we do for you?</source>
        <translation>Que pouvons-nous faire pour vous ?</translation>
    </message>
    <message>
        <source>Another size or colour</source>
        <translation>Autre taille ou couleur</translation>
    </message>
    <message>
        <source>touch the piece, then the size</source>
        <translation>touchez la pièce, puis la taille</translation>
    </message>
    <message>
        <source>Nobody is signed in at the rooms just now; whoever comes sees your call first.</source>
        <translation>Personne n’est aux cabines à l’instant ; le premier qui arrive verra votre appel.</translation>
    </message>
</context>
<context>
    <name>AwayPage</name>
    <message>
        <source>Until next time</source>
        <translation>À la prochaine</translation>
    </message>
    <message>
        <source>This mirror keeps nothing of your visit.</source>
        <translation>Ce miroir ne garde rien de votre visite.</translation>
    </message>
</context>
<context>
    <name>BasketPage</name>
    <message>
        <source>Basket</source>
        <translation>Panier</translation>
    </message>
    <message>
        <source>Nothing hangs with you yet.</source>
        <translation>Rien n’est encore suspendu près de vous.</translation>
    </message>
    <message>
        <source>Nothing chosen yet. Touch what you would like to take home.</source>
        <translation>Rien n’est encore choisi. Touchez ce que vous souhaitez emporter.</translation>
    </message>
    <message numerus="yes">
        <source>%n pieces</source>
        <extracomment>Before the sum of the basket; %n pieces are in it.</extracomment>
        <translation>
            <numerusform>%n pièce</numerusform>
            <numerusform>%n pièces</numerusform>
        </translation>
    </message>
    <message>
        <source>You save %1.</source>
        <extracomment>Under the total of the basket; %1 is the amount that promotions take off.</extracomment>
        <translation>Vous économisez %1.</translation>
    </message>
    <message>
        <source>Before tax. You see the total with tax before you pay.</source>
        <translation>Hors taxe. Vous voyez le total avec la taxe avant de payer.</translation>
    </message>
    <message>
        <source>Pay here</source>
        <translation>Payer ici</translation>
    </message>
</context>
<context>
    <name>BasketRow</name>
    <message>
        <source>No longer with you, so it is not counted.</source>
        <translation>N’est plus avec vous, et n’est donc pas compté.</translation>
    </message>
    <message>
        <source>Take out</source>
        <extracomment>At a garment in the basket: takes it out. Short.</extracomment>
        <translation>Retirer</translation>
    </message>
</context>
<context>
    <name>DeliveryPage</name>
    <message>
        <source>Pay here</source>
        <translation>Payer ici</translation>
    </message>
</context>
<context>
    <name>DeliveryTexts</name>
    <message>
        <source>How would you like it?</source>
        <extracomment>Title of the page on which she chooses how she gets her garments.</extracomment>
        <translation>Comment souhaitez-vous le recevoir ?</translation>
    </message>
    <message>
        <source>Or each piece its own way: touch it.</source>
        <extracomment>Below the ways, which count for all garments; below it they are listed.</extracomment>
        <translation>Ou chaque pièce à sa façon : touchez-la.</translation>
    </message>
    <message>
        <source>We cannot say just now. Take it with you, or ask us.</source>
        <translation>Nous ne pouvons pas le dire pour l’instant. Emportez-le, ou demandez-nous.</translation>
    </message>
    <message>
        <source>One of us takes down your address before you leave.</source>
        <extracomment>She has chosen to have something sent. The address is not typed on the mirror.</extracomment>
        <translation>L’un de nous note votre adresse avant votre départ.</translation>
    </message>
    <message numerus="yes">
        <source>%n sent or kept for you</source>
        <extracomment>Opens the page on which she chooses how she gets her garments. Short.</extracomment>
        <translation>
            <numerusform>%n livrée ou gardée pour vous</numerusform>
            <numerusform>%n livrées ou gardées pour vous</numerusform>
        </translation>
    </message>
    <message>
        <source>Have it sent or kept for you</source>
        <translation>Le faire livrer ou garder</translation>
    </message>
    <message>
        <source>In a bag at the desk</source>
        <extracomment>The garments wait in a bag at the shop&apos;s desk. Short.</extracomment>
        <translation>Dans un sac à l’accueil</translation>
    </message>
    <message>
        <source>I collect it another day</source>
        <extracomment>She collects the garments on another day. Short.</extracomment>
        <translation>Je le récupère un autre jour</translation>
    </message>
    <message>
        <source>Sent home</source>
        <extracomment>The garments are sent to her address. Short.</extracomment>
        <translation>Livré à domicile</translation>
    </message>
    <message>
        <source>With me now</source>
        <extracomment>She takes the garments along now. Short.</extracomment>
        <translation>Je l’emporte</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>From today</source>
        <translation>Dès aujourd’hui</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>Demain</translation>
    </message>
    <message>
        <source>From tomorrow</source>
        <translation>Dès demain</translation>
    </message>
    <message>
        <source>On %1</source>
        <extracomment>%1 is a day, such as Thursday, 3 Dec: on this one, and from this one on.</extracomment>
        <translation>Le %1</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>À partir du %1</translation>
    </message>
    <message>
        <source>%1, %2 %3</source>
        <extracomment>%1 is the day of the week, %2 the day of the month, %3 the month: its short name, or its number in Arabic.</extracomment>
        <translation>%1 %2 %3</translation>
    </message>
    <message>
        <source>plus %1</source>
        <extracomment>%1 is what it costs.</extracomment>
        <translation>plus %1</translation>
    </message>
    <message>
        <source>at no charge</source>
        <translation>sans frais</translation>
    </message>
    <message>
        <source>if you order within %1 h %2 min</source>
        <extracomment>%1 hours and %2 minutes are left in which this day can be promised.</extracomment>
        <translation>si vous commandez d’ici %1 h %2 min</translation>
    </message>
    <message>
        <source>if you order within %1 min</source>
        <translation>si vous commandez d’ici %1 min</translation>
    </message>
</context>
<context>
    <name>FitFeedback</name>
    <message>
        <source>How does it feel?</source>
        <translation>Votre ressenti ?</translation>
    </message>
    <message>
        <source>Where?</source>
        <translation>Où ?</translation>
    </message>
    <message>
        <source>Change</source>
        <extracomment>Takes back the rating of how a piece fits. Short.</extracomment>
        <translation>Modifier</translation>
    </message>
</context>
<context>
    <name>FitPage</name>
    <message>
        <source>Your height and weight</source>
        <translation>Votre taille et votre poids</translation>
    </message>
    <message>
        <source>A size that fits you</source>
        <translation>Une taille qui vous va</translation>
    </message>
    <message>
        <source>Think of a piece you like to wear: where is it from, and what is on its label?</source>
        <translation>Pensez à une pièce que vous aimez porter : d’où vient-elle, et que dit son étiquette ?</translation>
    </message>
    <message>
        <source>So that we need not guess your size.</source>
        <translation>Pour ne pas deviner votre taille.</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>%1 cm</source>
        <translation>%1 cm</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Poids</translation>
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
        <translation>Étiquette</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>in centimetres and kilos</source>
        <translation>en centimètres et en kilos</translation>
    </message>
    <message>
        <source>in feet and pounds</source>
        <translation>en pieds et en livres</translation>
    </message>
    <message>
        <source>Rather a size that fits me</source>
        <translation>Plutôt une taille qui me va</translation>
    </message>
    <message>
        <source>Rather height and weight</source>
        <translation>Plutôt taille et poids</translation>
    </message>
    <message>
        <source>Advise me</source>
        <translation>Conseillez-moi</translation>
    </message>
    <message>
        <source>Asked once, written down nowhere, forgotten when you leave.</source>
        <translation>Demandé une fois, noté nulle part, oublié à votre départ.</translation>
    </message>
    <message>
        <source>I would rather not say</source>
        <extracomment>Leaves a question without an answer.</extracomment>
        <translation>Je préfère ne pas le dire</translation>
    </message>
</context>
<context>
    <name>FitTexts</name>
    <message>
        <source>just right</source>
        <extracomment>How a garment feels that was tried on. Short.</extracomment>
        <translation>parfait</translation>
    </message>
    <message>
        <source>a little tight</source>
        <translation>un peu serré</translation>
    </message>
    <message>
        <source>a little loose</source>
        <translation>un peu ample</translation>
    </message>
    <message>
        <source>shoulders</source>
        <extracomment>Where a garment feels tight or loose. Short.</extracomment>
        <translation>épaules</translation>
    </message>
    <message>
        <source>chest</source>
        <translation>poitrine</translation>
    </message>
    <message>
        <source>waist</source>
        <translation>taille</translation>
    </message>
    <message>
        <source>hips</source>
        <translation>hanches</translation>
    </message>
    <message>
        <source>sleeves</source>
        <translation>manches</translation>
    </message>
    <message>
        <source>length</source>
        <translation>longueur</translation>
    </message>
    <message>
        <source>width</source>
        <extracomment>The width of a shoe.</extracomment>
        <translation>largeur</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Back</source>
        <extracomment>Goes one page back. Short.</extracomment>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Just a mirror</source>
        <extracomment>Clears the screen, so that it is only a mirror. Short.</extracomment>
        <translation>Miroir seul</translation>
    </message>
    <message>
        <source>Help</source>
        <extracomment>Opens the page where one can ask for help. Short.</extracomment>
        <translation>Aide</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Erase</source>
        <extracomment>Removes the last digit that was typed. Short.</extracomment>
        <translation>Effacer</translation>
    </message>
</context>
<context>
    <name>LookPage</name>
    <message>
        <source>Goes with it</source>
        <translation>Va bien avec</translation>
    </message>
    <message>
        <source>One moment, we are looking through the house.</source>
        <translation>Un instant, nous parcourons la maison.</translation>
    </message>
    <message>
        <source>Nothing more to suggest just now. Ask us; we like to look with you.</source>
        <translation>Plus rien à proposer pour l’instant. Demandez-nous ; nous cherchons volontiers avec vous.</translation>
    </message>
    <message>
        <source>Show others</source>
        <extracomment>Shows the next three suggestions.</extracomment>
        <translation>En voir d’autres</translation>
    </message>
</context>
<context>
    <name>LookRow</name>
    <message>
        <source>Asked for</source>
        <translation>demandé</translation>
    </message>
    <message>
        <source>Not this</source>
        <extracomment>Takes a suggestion away. Short.</extracomment>
        <translation>Pas celui-ci</translation>
    </message>
</context>
<context>
    <name>LookTexts</name>
    <message numerus="yes">
        <source>%n have taken it along with the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>
            <numerusform>%n personne l’a prise avec : %1</numerusform>
            <numerusform>%n l’ont prise avec : %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Often taken along with the %1</source>
        <translation>Souvent prise avec : %1</translation>
    </message>
    <message>
        <source>The same cloth: %1</source>
        <extracomment>%1 is a material or a garment of that material.</extracomment>
        <translation>La même étoffe : %1</translation>
    </message>
    <message>
        <source>Completes the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>Complète : %1</translation>
    </message>
    <message>
        <source>Completes the look</source>
        <translation>Complète la silhouette</translation>
    </message>
    <message>
        <source>Chosen by %1</source>
        <extracomment>%1 is a stylist&apos;s first name.</extracomment>
        <translation>Choisi par %1</translation>
    </message>
    <message>
        <source>New this week</source>
        <translation>Nouveau cette semaine</translation>
    </message>
    <message>
        <source>Much loved this season</source>
        <translation>Très aimé cette saison</translation>
    </message>
    <message>
        <source>Goes with the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>S’accorde avec : %1</translation>
    </message>
    <message>
        <source>Goes with your pieces</source>
        <translation>S’accorde avec vos pièces</translation>
    </message>
    <message>
        <source>often together</source>
        <extracomment>Two pieces that others have often taken together. Short.</extracomment>
        <translation>souvent ensemble</translation>
    </message>
    <message>
        <source>the same cloth</source>
        <translation>la même étoffe</translation>
    </message>
    <message>
        <source>completes the look</source>
        <translation>complète la silhouette</translation>
    </message>
    <message>
        <source>chosen by %1</source>
        <translation>choisi par %1</translation>
    </message>
    <message>
        <source>new this week</source>
        <translation>nouveau</translation>
    </message>
    <message>
        <source>much loved</source>
        <translation>très aimé</translation>
    </message>
    <message>
        <source>goes along</source>
        <translation>s’accorde</translation>
    </message>
</context>
<context>
    <name>MessagePiece</name>
    <message>
        <source>Asked for</source>
        <translation>demandé</translation>
    </message>
</context>
<context>
    <name>OfferActions</name>
    <message>
        <source>Bring me %1</source>
        <extracomment>Asks an associate to bring the garment in size %1.</extracomment>
        <translation>M’apporter la taille %1</translation>
    </message>
    <message>
        <source>Bring me %1 and %2</source>
        <extracomment>Asks an associate to bring the garment in two sizes, since either may fit. Short.</extracomment>
        <translation>M’apporter les tailles %1 et %2</translation>
    </message>
    <message>
        <source>Bring it to me</source>
        <translation>Me l’apporter</translation>
    </message>
    <message>
        <source>See where it is</source>
        <translation>Voir où elle en est</translation>
    </message>
    <message>
        <source>Ask us about it</source>
        <translation>Demandez-nous</translation>
    </message>
    <message>
        <source>You have asked for it.</source>
        <translation>Vous l’avez demandée.</translation>
    </message>
    <message>
        <source>This one hangs with you.</source>
        <translation>Cette pièce est près de vous.</translation>
    </message>
    <message>
        <source>See your basket</source>
        <translation>Voir votre sélection</translation>
    </message>
    <message>
        <source>See it in %1</source>
        <extracomment>Shows the garment in the colour %1.</extracomment>
        <translation>Voir en %1</translation>
    </message>
    <message>
        <source>We change it for the one you paid, at no charge.</source>
        <extracomment>Another size of a garment that the shopper has paid already in this visit.</extracomment>
        <translation>Nous l’échangeons contre celle que vous avez payée, sans frais.</translation>
    </message>
    <message>
        <source>Touch your size, and we bring it.</source>
        <extracomment>No size is chosen yet; the sizes are above.</extracomment>
        <translation>Touchez votre taille, et nous l’apportons.</translation>
    </message>
    <message>
        <source>%1 is in the house. Nobody is signed in at the rooms just now; whoever comes sees your call first.</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>La taille %1 est là. Personne n’est aux cabines à l’instant ; le premier qui arrive verra votre appel.</translation>
    </message>
    <message>
        <source>%1 hangs in %2. We can have it sent or put aside for you.</source>
        <extracomment>%1 is a size, %2 another shop&apos;s town.</extracomment>
        <translation>La taille %1 est à %2. Nous pouvons la faire envoyer ou mettre de côté.</translation>
    </message>
    <message>
        <source>%1 is sold out in this colour. In %2 it is here.</source>
        <extracomment>%1 is a size, %2 a colour.</extracomment>
        <translation>%1 est épuisé dans cette couleur. En %2, nous l’avons ici.</translation>
    </message>
    <message>
        <source>This one is on its way to us. We can put it aside for you.</source>
        <translation>Cette pièce est en route vers nous. Nous pouvons la mettre de côté.</translation>
    </message>
    <message>
        <source>Not to be had in this size and colour at the moment.</source>
        <translation>Pas disponible dans cette taille et cette couleur pour l’instant.</translation>
    </message>
    <message>
        <source>Take it out again</source>
        <extracomment>Takes the garment out of the basket.</extracomment>
        <translation>La retirer</translation>
    </message>
    <message>
        <source>All sizes and colours</source>
        <translation>Toutes tailles et couleurs</translation>
    </message>
    <message>
        <source>Have it pinned on me</source>
        <extracomment>Asks for an alteration: a tailor pins the garment on the shopper.</extracomment>
        <translation>Le faire épingler sur moi</translation>
    </message>
    <message>
        <source>Leave it at the door</source>
        <extracomment>The associate leaves the garment outside the fitting room.</extracomment>
        <translation>Laisser à la porte</translation>
    </message>
</context>
<context>
    <name>PairingPage</name>
    <message>
        <source>This mirror takes a short break</source>
        <translation>Ce miroir fait une courte pause</translation>
    </message>
    <message>
        <source>Connect this mirror</source>
        <translation>Relier ce miroir</translation>
    </message>
    <message>
        <source>Please ask one of us. It stays a mirror all the while.</source>
        <translation>Demandez à l’un de nous. Il reste un miroir en attendant.</translation>
    </message>
    <message>
        <source>For our team</source>
        <extracomment>Opens the page for technicians.</extracomment>
        <translation>Pour notre équipe</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>Leaves the page for technicians. Short.</extracomment>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>PairingTexts</name>
    <message>
        <source>This mirror does not know its store yet.</source>
        <translation>Ce miroir ne connaît pas encore son magasin.</translation>
    </message>
    <message>
        <source>The store does not know this mirror any more: its access was ended, or another mirror has this room.</source>
        <translation>Le magasin ne connaît plus ce miroir : son accès a été retiré, ou un autre miroir a cette cabine.</translation>
    </message>
    <message>
        <source>What answers at the store&apos;s address cannot prove that it is your store, so this mirror sends nothing to it. If the store was not set up anew, call your technician: somebody may be on the network.</source>
        <translation>Ce qui répond à l’adresse du magasin ne peut pas prouver que c’est lui ; ce miroir ne lui envoie donc rien. Si le magasin n’a pas été réinstallé, appelez votre technicien : quelqu’un est peut-être sur le réseau.</translation>
    </message>
    <message>
        <source>On the team&apos;s page, a manager opens “Devices”, chooses room %1 and shows a code. Enter it here within two minutes.</source>
        <extracomment>%1 is the name of the fitting room. “Devices” is the name of the tab on the associates&apos; page.</extracomment>
        <translation>Sur la page de l’équipe, un responsable ouvre « Appareils », choisit la cabine %1 et affiche un code. Saisissez-le ici dans les deux minutes.</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>Un instant…</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>Relié.</translation>
    </message>
    <message>
        <source>This code is not right, or somebody is between mirror and store. Show a new one and try once more.</source>
        <translation>Ce code ne convient pas, ou quelqu’un est entre le miroir et le magasin. Affichez-en un nouveau et réessayez.</translation>
    </message>
    <message>
        <source>No code is open for room %1. Show a new one.</source>
        <translation>Aucun code n’est ouvert pour la cabine %1. Affichez-en un nouveau.</translation>
    </message>
    <message>
        <source>The store does not answer. Is it running, and is this mirror on its network?</source>
        <translation>Le magasin ne répond pas. Est-il en marche, et ce miroir est-il sur son réseau ?</translation>
    </message>
    <message>
        <source>The store did not accept this. Show a new code and try again.</source>
        <translation>Le magasin n’a pas accepté. Affichez un nouveau code et réessayez.</translation>
    </message>
    <message>
        <source>This computer could not save it. Call your technician.</source>
        <translation>Cet ordinateur n’a pas pu l’enregistrer. Appelez votre technicien.</translation>
    </message>
</context>
<context>
    <name>PayPage</name>
    <message>
        <source>Not this way</source>
        <translation>Pas ainsi</translation>
    </message>
</context>
<context>
    <name>PaymentTexts</name>
    <message>
        <source>Adding it up</source>
        <translation>Nous faisons le compte</translation>
    </message>
    <message>
        <source>Shall we?</source>
        <translation>Nous y allons ?</translation>
    </message>
    <message>
        <source>Pay with %1?</source>
        <extracomment>%1 is how the stored means of payment is named, such as a card&apos;s last digits.</extracomment>
        <translation>Payer avec %1 ?</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Un instant</translation>
    </message>
    <message>
        <source>Waking the terminal</source>
        <translation>Le terminal se réveille</translation>
    </message>
    <message>
        <source>Hold your card, phone or ring here</source>
        <translation>Présentez ici carte, téléphone ou bague</translation>
    </message>
    <message>
        <source>One of us takes your payment</source>
        <translation>L&apos;un de nous vient vous encaisser</translation>
    </message>
    <message>
        <source>A moment, please</source>
        <translation>Un instant, s’il vous plaît</translation>
    </message>
    <message>
        <source>We are asking the terminal</source>
        <translation>Nous interrogeons le terminal</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>Merci</translation>
    </message>
    <message>
        <source>That did not go through</source>
        <translation>Cela n’a pas abouti</translation>
    </message>
    <message>
        <source>You get it back</source>
        <translation>On vous rembourse</translation>
    </message>
    <message>
        <source>It was given back</source>
        <translation>C’est remboursé</translation>
    </message>
    <message>
        <source>Not to be paid here just now</source>
        <translation>Paiement impossible ici pour l’instant</translation>
    </message>
    <message>
        <source>Paying is resting for a moment</source>
        <translation>Le paiement fait une petite pause</translation>
    </message>
    <message>
        <source>Let us look at it together</source>
        <translation>Regardons cela ensemble</translation>
    </message>
    <message>
        <source>%1 before tax</source>
        <translation>%1 hors taxe</translation>
    </message>
    <message>
        <source>plus %1 tax: %2</source>
        <extracomment>%1 is the rate, such as 19 %, %2 the amount of the tax.</extracomment>
        <translation>plus taxe %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>incl. %1 VAT: %2</source>
        <translation>dont TVA %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>The terminal is being made ready for you.</source>
        <translation>Le terminal se prépare pour vous.</translation>
    </message>
    <message>
        <source>Only a part of it went through, so it is being given back. There is nothing for you to do.</source>
        <translation>Une partie seulement est passée ; on vous la rembourse. Vous n’avez rien à faire.</translation>
    </message>
    <message>
        <source>Your card was charged after it was stopped, so it is being given back. There is nothing for you to do.</source>
        <translation>Votre carte a été débitée après l’arrêt ; on vous rembourse. Vous n’avez rien à faire.</translation>
    </message>
    <message>
        <source>Nothing stays charged. It may take your bank a few days to show it.</source>
        <translation>Rien ne reste débité. Votre banque peut mettre quelques jours à l’afficher.</translation>
    </message>
    <message>
        <source>The price has changed since. This is the total now.</source>
        <translation>Le prix a changé entre-temps. Voici le total actuel.</translation>
    </message>
    <message>
        <source>Your ring was recognised.</source>
        <translation>Votre bague est reconnue.</translation>
    </message>
    <message>
        <source>to the left of the mirror, at the small light</source>
        <translation>à gauche du miroir, près de la petite lumière</translation>
    </message>
    <message>
        <source>below the mirror, at the small light</source>
        <translation>sous le miroir, près de la petite lumière</translation>
    </message>
    <message>
        <source>to the right of the mirror, at the small light</source>
        <translation>à droite du miroir, près de la petite lumière</translation>
    </message>
    <message>
        <source>With our own terminal. A moment, please: someone is coming to you.</source>
        <translation>Avec notre propre terminal. Un instant, quelqu&apos;un arrive.</translation>
    </message>
    <message>
        <source>Its answer did not arrive. You will not be charged twice.</source>
        <translation>Sa réponse n’est pas arrivée. Vous ne serez pas débité deux fois.</translation>
    </message>
    <message>
        <source>We could not learn whether it went through. Nothing is charged twice; we settle it together.</source>
        <translation>Nous n’avons pu savoir si le paiement a abouti. Rien n’est débité deux fois ; nous le réglons ensemble.</translation>
    </message>
    <message>
        <source>Your pieces stay as they are. Call us, or pay at the desk.</source>
        <translation>Vos pièces restent telles quelles. Appelez-nous, ou payez en caisse.</translation>
    </message>
    <message>
        <source>Yes, pay %1</source>
        <extracomment>Confirms the payment of %1.</extracomment>
        <translation>Oui, payer %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Call someone</source>
        <translation>Appeler quelqu’un</translation>
    </message>
    <message>
        <source>Pay by card or phone</source>
        <translation>Payer par carte ou téléphone</translation>
    </message>
    <message>
        <source>Your ring or card was read.</source>
        <extracomment>A ring or card of the house was laid on the reader to pay; it is being checked.</extracomment>
        <translation>Votre bague ou carte a été lue.</translation>
    </message>
    <message>
        <source>Or lay your ring or house card on the reader: that pays with %1.</source>
        <translation>Ou posez votre bague ou carte maison sur le lecteur : vous payez ainsi avec %1.</translation>
    </message>
    <message>
        <source>Nothing was charged. Try again, or pay another way.</source>
        <translation>Rien n’a été débité. Réessayez, ou payez autrement.</translation>
    </message>
    <message>
        <source>No card was held to it, and nothing was charged.</source>
        <translation>Aucune carte n’a été présentée, rien n’a été débité.</translation>
    </message>
    <message>
        <source>Stopped as you wished. Nothing was charged.</source>
        <translation>Arrêté comme souhaité. Rien n’a été débité.</translation>
    </message>
    <message>
        <source>Above what this ring may pay today. Pay by card, please.</source>
        <translation>C’est plus que cette bague ne peut payer aujourd’hui. Réglez par carte, s’il vous plaît.</translation>
    </message>
    <message>
        <source>These pieces are being paid for at the desk.</source>
        <translation>Ces pièces sont en train d’être réglées en caisse.</translation>
    </message>
    <message>
        <source>The terminal is in use, and nothing was charged. Try again in a moment.</source>
        <translation>Le terminal est occupé ; rien n’a été débité. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>That took too long, so nothing was charged. Try again, please.</source>
        <translation>C’était trop long, rien n’a donc été débité. Réessayez, s’il vous plaît.</translation>
    </message>
    <message>
        <source>One of these pieces is paid for already. Nothing was charged.</source>
        <translation>L’une de ces pièces est déjà payée. Rien n’a été débité.</translation>
    </message>
    <message>
        <source>Not here just now, and nothing was charged. Pay at the desk, please.</source>
        <translation>Pas ici pour l’instant ; rien n’a été débité. Payez à la caisse, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Nothing was charged, and your pieces stay as they are. Call us, and one of us looks after it with you.</source>
        <translation>Rien n&apos;a été débité et vos pièces restent telles quelles. Appelez-nous, nous nous en occupons avec vous.</translation>
    </message>
    <message>
        <source>The card was not accepted and nothing was charged. Another card, or once more?</source>
        <translation>La carte n’a pas été acceptée, rien n’a été débité. Une autre carte, ou encore une fois ?</translation>
    </message>
</context>
<context>
    <name>PictureSteps</name>
    <message>
        <source>Next picture</source>
        <extracomment>Shows the next picture of the garment.</extracomment>
        <translation>Image suivante</translation>
    </message>
</context>
<context>
    <name>PieceCell</name>
    <message>
        <source>New to us</source>
        <extracomment>A garment that is not in the catalogue.</extracomment>
        <translation>Nouvelle pour nous</translation>
    </message>
    <message>
        <source>yours</source>
        <extracomment>At a piece that has been paid; and at one of which another size is advised (%1).</extracomment>
        <translation>à vous</translation>
    </message>
    <message>
        <source>try %1</source>
        <translation>essayez %1</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>Not mine</source>
        <translation>Non</translation>
    </message>
</context>
<context>
    <name>PreparedCell</name>
    <message>
        <source>Asked for</source>
        <translation>demandé</translation>
    </message>
</context>
<context>
    <name>PreparedTexts</name>
    <message>
        <source>Everything is with you.</source>
        <extracomment>Every piece that was prepared for the shopper hangs in her room by now.</extracomment>
        <translation>Tout est avec vous.</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <extracomment>Over the pieces that %1, an associate, has chosen for the shopper before she came. Short.</extracomment>
        <translation>Prêt pour vous</translation>
    </message>
    <message>
        <source>Waiting for you, chosen by %1</source>
        <translation>Prêt pour vous, choisi par %1</translation>
    </message>
    <message>
        <source>Look %1</source>
        <extracomment>Pieces of one number are to be worn together. Short.</extracomment>
        <translation>Tenue %1</translation>
    </message>
    <message>
        <source>Here for you</source>
        <extracomment>An associate has fetched the piece and keeps it near the fitting rooms.</extracomment>
        <translation>Prête pour vous</translation>
    </message>
    <message>
        <source>On the floor</source>
        <extracomment>The piece hangs on the sales floor. %1 is the name of its rail.</extracomment>
        <translation>En boutique</translation>
    </message>
    <message>
        <source>Hangs at: %1</source>
        <translation>Se trouve : %1</translation>
    </message>
    <message>
        <source>We bring it to you</source>
        <extracomment>The piece is in the stockroom; an associate brings it.</extracomment>
        <translation>Nous vous l’apportons</translation>
    </message>
    <message>
        <source>Just gone; ask us</source>
        <extracomment>The piece that was chosen is not in this shop any more.</extracomment>
        <translation>Vient de partir ; demandez-nous</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>Your receipt is being printed.</source>
        <translation>Votre reçu est en cours d’impression.</translation>
    </message>
    <message>
        <source>Here is your receipt, on paper.</source>
        <translation>Voici votre reçu, sur papier.</translation>
    </message>
    <message>
        <source>The printer does not answer just now. With this number we are glad to give it to you at the desk.</source>
        <translation>L’imprimante ne répond pas pour le moment. Avec ce numéro, nous vous le remettons volontiers à la caisse.</translation>
    </message>
    <message>
        <source>With this number we are glad to give it to you at the desk.</source>
        <translation>Avec ce numéro, nous vous le remettons volontiers à la caisse.</translation>
    </message>
    <message>
        <source>Thank you, %1</source>
        <translation>Merci, %1</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>Merci</translation>
    </message>
    <message>
        <source>%1 is paid, and the pieces are yours.</source>
        <translation>%1 sont réglés, et les pièces sont à vous.</translation>
    </message>
    <message>
        <source>Your receipt, to take along</source>
        <translation>Votre reçu, à emporter</translation>
    </message>
    <message>
        <source>Your receipt</source>
        <translation>Votre reçu</translation>
    </message>
    <message>
        <source>Print my receipt</source>
        <translation>Imprimer mon reçu</translation>
    </message>
    <message>
        <source>Print it once more</source>
        <translation>L’imprimer à nouveau</translation>
    </message>
    <message>
        <source>Finish and forget me</source>
        <extracomment>Ends the visit; the mirror forgets everything of it.</extracomment>
        <translation>Terminer et m’oublier</translation>
    </message>
</context>
<context>
    <name>RequestPage</name>
    <message>
        <source>Asked for</source>
        <extracomment>Over the list of what the shopper has asked for.</extracomment>
        <translation>Demandé</translation>
    </message>
    <message>
        <source>Nothing is asked for at the moment.</source>
        <translation>Rien n’est demandé pour l’instant.</translation>
    </message>
</context>
<context>
    <name>RequestRow</name>
    <message>
        <source>It will be left at the door.</source>
        <translation>Elle sera laissée à la porte.</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <extracomment>Takes a request back.</extracomment>
        <translation>Plus nécessaire</translation>
    </message>
</context>
<context>
    <name>RequestTexts</name>
    <message>
        <source>Being sent</source>
        <translation>En cours d’envoi</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>Pas encore envoyé</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Bien reçu</translation>
    </message>
    <message>
        <source>We are finding someone</source>
        <translation>Nous cherchons encore quelqu’un</translation>
    </message>
    <message>
        <source>%1 asks you to come out</source>
        <extracomment>%1 is an associate&apos;s first name, who waits outside the fitting room. Nothing is brought.</extracomment>
        <translation>%1 vous invite à sortir</translation>
    </message>
    <message>
        <source>%1 is coming</source>
        <translation>%1 arrive</translation>
    </message>
    <message>
        <source>%1 is bringing it</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>%1 l’apporte</translation>
    </message>
    <message>
        <source>%1 is at the door</source>
        <translation>%1 est à la porte</translation>
    </message>
    <message>
        <source>At your door</source>
        <translation>À votre porte</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>C’est fait</translation>
    </message>
    <message>
        <source>%1 is sorry</source>
        <translation>%1 est désolée</translation>
    </message>
    <message>
        <source>We are sorry</source>
        <translation>Nous sommes désolés</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>The shop cannot be reached; it goes out by itself as soon as it can.</source>
        <translation>La boutique est injoignable ; l’envoi partira de lui-même dès que possible.</translation>
    </message>
    <message numerus="yes">
        <source>Waiting for %n minutes; you are not forgotten.</source>
        <translation>
            <numerusform>Depuis %n minute ; vous n’êtes pas oublié.</numerusform>
            <numerusform>Depuis %n minutes ; vous n’êtes pas oublié.</numerusform>
        </translation>
    </message>
    <message>
        <source>The team has it and answers by name.</source>
        <translation>L’équipe l’a reçu et vous répondra par son nom.</translation>
    </message>
    <message numerus="yes">
        <source>About %n minutes</source>
        <translation>
            <numerusform>Environ %n minute</numerusform>
            <numerusform>Environ %n minutes</numerusform>
        </translation>
    </message>
    <message>
        <source>None of us is free just now. Your wish stays open, and we go on asking.</source>
        <translation>Personne de chez nous n’est libre pour l’instant. Votre demande reste ouverte et nous continuons à chercher.</translation>
    </message>
    <message>
        <source>%1, who runs the shop, is being asked now.</source>
        <extracomment>%1 is the manager&apos;s first name.</extracomment>
        <translation>Nous demandons maintenant à %1, responsable de la boutique.</translation>
    </message>
    <message>
        <source>%1 is being asked now.</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>Nous demandons maintenant à %1.</translation>
    </message>
    <message>
        <source>%1 could not come after all; all of us see it again.</source>
        <extracomment>%1 is an associate&apos;s first name, who had said yes before.</extracomment>
        <translation>%1 n’a finalement pas pu venir ; toute l’équipe le voit de nouveau.</translation>
    </message>
    <message numerus="yes">
        <source>Nobody has a hand free yet; it usually takes %n minutes.</source>
        <translation>
            <numerusform>Personne n’a encore les mains libres ; en général, il faut %n minute.</numerusform>
            <numerusform>Personne n’a encore les mains libres ; en général, il faut %n minutes.</numerusform>
        </translation>
    </message>
    <message>
        <source>It hangs out in the shop: you are welcome to come out and take it.</source>
        <translation>Il est suspendu dans la boutique : vous pouvez sortir le prendre.</translation>
    </message>
    <message>
        <source>It is in our stockroom: at the desk we fetch it for you.</source>
        <translation>Il est dans notre réserve : au comptoir, nous allons vous le chercher.</translation>
    </message>
    <message>
        <source>You are welcome to come out to the desk.</source>
        <translation>Vous pouvez sortir nous voir au comptoir.</translation>
    </message>
    <message>
        <source>On the way to you</source>
        <translation>En chemin vers vous</translation>
    </message>
    <message>
        <source>The last one has just been sold.</source>
        <translation>La dernière vient d’être vendue.</translation>
    </message>
    <message>
        <source>It is here in another colour.</source>
        <translation>Elle est là dans une autre couleur.</translation>
    </message>
    <message>
        <source>Come out for a moment, please, and we look together.</source>
        <translation>Sortez un instant, nous regarderons ensemble.</translation>
    </message>
</context>
<context>
    <name>ServiceRow</name>
    <message>
        <source>for a look, a size, an opinion</source>
        <translation>pour un regard, une taille, un avis</translation>
    </message>
    <message>
        <source>we pin it here, on you</source>
        <translation>nous épinglons ici, sur vous</translation>
    </message>
    <message>
        <source>water, coffee or tea</source>
        <translation>eau, café ou thé</translation>
    </message>
</context>
<context>
    <name>SharedTexts</name>
    <message>
        <source>I&apos;d like all of them</source>
        <extracomment>Puts all garments in the room into the basket. Short.</extracomment>
        <translation>Je les prends toutes</translation>
    </message>
    <message>
        <source>Back to the pieces</source>
        <extracomment>Goes to the page with all garments in the room. Short.</extracomment>
        <translation>Retour aux pièces</translation>
    </message>
    <message>
        <source>In your basket</source>
        <extracomment>At a garment: a touch puts it into the basket; and it is in the basket. Short.</extracomment>
        <translation>Dans votre panier</translation>
    </message>
    <message>
        <source>I&apos;d like this one</source>
        <translation>Je la prends</translation>
    </message>
    <message>
        <source>This one is yours.</source>
        <translation>Cette pièce est à vous.</translation>
    </message>
    <message>
        <source>This one is paid for already.</source>
        <translation>Cette pièce est déjà payée.</translation>
    </message>
    <message>
        <source>We do not know this piece yet. Ask us about it.</source>
        <translation>Nous ne connaissons pas encore cette pièce. Demandez-nous.</translation>
    </message>
    <message>
        <source>Is this yours?</source>
        <translation>Est-ce à vous ?</translation>
    </message>
    <message>
        <source>Its price is not here yet. We are glad to look it up.</source>
        <translation>Son prix n’est pas encore ici. Nous le cherchons volontiers.</translation>
    </message>
    <message>
        <source>Lowest price of the last 30 days: %1</source>
        <extracomment>Stated where a price is reduced, as the law of the EU asks for it; %1 is that price.</extracomment>
        <translation>Prix le plus bas des 30 derniers jours : %1</translation>
    </message>
    <message>
        <source>before %1</source>
        <extracomment>%1 is the price before a sale; it stands beside the present price. Short.</extracomment>
        <translation>avant %1</translation>
    </message>
    <message>
        <source>Show others (%1 to %2 of %3)</source>
        <extracomment>Shows other garments of a long list; those of the numbers %1 to %2 of %3 are shown. Short.</extracomment>
        <translation>En voir d’autres (%1 à %2 sur %3)</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <extracomment>%1 are names of garments; %n more are paid for too.</extracomment>
        <translation>
            <numerusform>%1 et %n autre</numerusform>
            <numerusform>%1 et %n autres</numerusform>
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
        <translation>Un simple miroir pour un instant. L’aide fonctionne toujours.</translation>
    </message>
    <message>
        <source>New pieces are not recognised just now. What is here stays here.</source>
        <extracomment>The reader that recognises garments is away.</extracomment>
        <translation>Les nouvelles pièces ne sont pas reconnues pour l’instant. Ce qui est là reste là.</translation>
    </message>
    <message>
        <source>That was a little short. Hold it there a moment longer.</source>
        <translation>C’était un peu bref. Tenez-la un instant de plus.</translation>
    </message>
    <message>
        <source>That is a bank card; it is only read by the terminal. Nothing was taken from it.</source>
        <extracomment>A bank card was held to our own reader, which does not read those.</extracomment>
        <translation>C’est une carte bancaire ; seul le terminal la lit. Rien n’a été prélevé.</translation>
    </message>
    <message>
        <source>It could not be read. Once more, please, and lay it flat.</source>
        <translation>La lecture n’a pas réussi. Encore une fois, bien à plat.</translation>
    </message>
    <message>
        <source>We do not know this card yet. Everything works without it.</source>
        <translation>Nous ne connaissons pas encore cette carte. Tout fonctionne sans elle.</translation>
    </message>
    <message>
        <source>This one cannot pay here. A bank card or your phone can.</source>
        <extracomment>A known ring or member card, laid on the reader to pay; it has no means of payment or cannot prove whose it is.</extracomment>
        <translation>Celle-ci ne peut pas payer ici. Une carte bancaire ou votre téléphone, oui.</translation>
    </message>
    <message>
        <source>We cannot find this piece in our house. We are glad to help.</source>
        <extracomment>A garment&apos;s label was scanned that this house does not sell.</extracomment>
        <translation>Nous ne trouvons pas cette pièce chez nous. Nous vous aidons volontiers.</translation>
    </message>
    <message>
        <source>Your voucher counts in the basket.</source>
        <extracomment>The code of a voucher was scanned.</extracomment>
        <translation>Votre bon compte dans le panier.</translation>
    </message>
    <message>
        <source>This voucher does not count just now. We are glad to help.</source>
        <extracomment>The code of a voucher was scanned that has ended, or has not begun.</extracomment>
        <translation>Ce bon ne compte pas en ce moment. Nous vous aidons volontiers.</translation>
    </message>
    <message numerus="yes">
        <source>%1 is on the floor, about %n minutes</source>
        <extracomment>%1 is an associate&apos;s first name. %n minutes is how long it usually takes.</extracomment>
        <translation>
            <numerusform>%1 est en boutique, environ %n minute</numerusform>
            <numerusform>%1 est en boutique, environ %n minutes</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is on the floor</source>
        <translation>%1 est en boutique</translation>
    </message>
    <message>
        <source>Someone to help</source>
        <translation>Quelqu’un pour aider</translation>
    </message>
    <message>
        <source>An alteration</source>
        <translation>Une retouche</translation>
    </message>
    <message>
        <source>A drink</source>
        <translation>Une boisson</translation>
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
        <translation>Pouvons-nous vous demander une chose ?</translation>
    </message>
</context>
<context>
    <name>SizeRow</name>
    <message>
        <source>advised</source>
        <extracomment>Beside the size that we advise; and beside the other one that may fit. Short.</extracomment>
        <translation>conseillée</translation>
    </message>
    <message>
        <source>also</source>
        <translation>aussi</translation>
    </message>
</context>
<context>
    <name>SizeTexts</name>
    <message>
        <source>%1 it is</source>
        <extracomment>%1 is the size that the shopper finds just right.</extracomment>
        <translation>Ce sera %1</translation>
    </message>
    <message>
        <source>We take it up for you</source>
        <extracomment>A tailor shortens the garment.</extracomment>
        <translation>Nous le raccourcissons pour vous</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <extracomment>%1 is the shopper&apos;s size, %2 the colour in which the garment is there.</extracomment>
        <translation>%1, en %2</translation>
    </message>
    <message>
        <source>%1 is gone just now</source>
        <translation>%1 est épuisé en ce moment</translation>
    </message>
    <message>
        <source>We find a way</source>
        <translation>Nous trouverons une solution</translation>
    </message>
    <message>
        <source>Your size here is still open</source>
        <translation>Votre taille reste à trouver</translation>
    </message>
    <message>
        <source>%1 or %2?</source>
        <extracomment>%1 and %2 are sizes.</extracomment>
        <translation>%1 ou %2 ?</translation>
    </message>
    <message>
        <source>Between %1 and %2, take %3</source>
        <extracomment>%1 and %2 are sizes, %3 the one of them to try first.</extracomment>
        <translation>Entre %1 et %2, prenez %3</translation>
    </message>
    <message>
        <source>Take %1</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>Prenez %1</translation>
    </message>
    <message>
        <source>Perhaps %1</source>
        <extracomment>%1 is a size; we are not certain of it.</extracomment>
        <translation>Peut-être %1</translation>
    </message>
    <message>
        <source>%1 sits easier here</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>Ici, %1 tombe plus souple</translation>
    </message>
    <message>
        <source>%1 sits closer here</source>
        <translation>Ici, %1 tombe plus près</translation>
    </message>
    <message>
        <source>%1 is your size here</source>
        <translation>%1 est votre taille ici</translation>
    </message>
    <message>
        <source>%1 is sold out in this colour. In %2 it is here.</source>
        <extracomment>%1 is a size that would fit, %2 a colour.</extracomment>
        <translation>%1 est épuisé dans cette couleur. En %2, nous l’avons ici.</translation>
    </message>
    <message>
        <source>%1 would be your size, and it is sold out. We are glad to look with you.</source>
        <extracomment>%1 is a size that would fit.</extracomment>
        <translation>%1 serait votre taille, mais elle est épuisée. Nous cherchons volontiers avec vous.</translation>
    </message>
    <message>
        <source>Two hints point to different sizes. Try both; we bring the other one.</source>
        <translation>Deux indices mènent à des tailles différentes. Essayez les deux ; nous apportons l’autre.</translation>
    </message>
    <message>
        <source>Two hints point to different sizes. Trying it on will tell.</source>
        <translation>Deux indices mènent à des tailles différentes. L’essayage le dira.</translation>
    </message>
    <message>
        <source>Here we know too little to be sure. Trying it on will tell; we bring the next size at once.</source>
        <translation>Ici, nous en savons trop peu pour être sûrs. L’essayage le dira ; nous apportons aussitôt la taille voisine.</translation>
    </message>
    <message>
        <source>It runs small, yet %1.</source>
        <extracomment>%1 is a clause: &quot;41 of 60 kept their usual size&quot;, or &quot;M is the likeliest&quot;.</extracomment>
        <translation>Elle taille petit, pourtant %1.</translation>
    </message>
    <message>
        <source>This one runs small: %1.</source>
        <translation>Cette pièce taille petit : %1.</translation>
    </message>
    <message>
        <source>This one runs small.</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>Cette pièce taille petit.</translation>
    </message>
    <message>
        <source>It runs large, yet %1.</source>
        <translation>Elle taille grand, pourtant %1.</translation>
    </message>
    <message>
        <source>This one runs large: %1.</source>
        <translation>Cette pièce taille grand : %1.</translation>
    </message>
    <message>
        <source>This one runs large.</source>
        <translation>Cette pièce taille grand.</translation>
    </message>
    <message>
        <source>True to size: %1.</source>
        <translation>Taille normalement : %1.</translation>
    </message>
    <message>
        <source>True to size.</source>
        <translation>Taille normalement.</translation>
    </message>
    <message>
        <source>You usually take %1, and this one is true to size.</source>
        <extracomment>%1 is the size that the shopper usually takes.</extracomment>
        <translation>Vous prenez d’ordinaire %1, et cette pièce taille normalement.</translation>
    </message>
    <message>
        <source>The size you usually take.</source>
        <translation>La taille que vous prenez d’ordinaire.</translation>
    </message>
    <message>
        <source>%1 is the likeliest</source>
        <extracomment>%1 is a size; the end of a sentence.</extracomment>
        <translation>%1 est la plus probable</translation>
    </message>
    <message>
        <source>From height and weight. The chart behind it was measured on other people, so it is a hint.</source>
        <translation>D’après taille et poids. Le tableau fut mesuré sur d’autres personnes : c’est une indication.</translation>
    </message>
    <message>
        <source>Nobody has told us yet how this one sits.</source>
        <translation>Personne ne nous a encore dit comment cette pièce tombe.</translation>
    </message>
    <message>
        <source>We are not sure yet. Try both; we bring the other one.</source>
        <translation>Nous n’en sommes pas encore sûrs. Essayez les deux ; nous apportons l’autre.</translation>
    </message>
    <message>
        <source>We are not sure yet. Trying it on will tell.</source>
        <translation>Nous n’en sommes pas encore sûrs. L’essayage le dira.</translation>
    </message>
    <message>
        <source>Good to know. It stays as it is.</source>
        <translation>C’est bon à savoir. On n’y touche pas.</translation>
    </message>
    <message>
        <source>The size is right; a tailor pins it here, on you.</source>
        <translation>La taille est bonne ; nous l’épinglons ici, sur vous.</translation>
    </message>
    <message>
        <source>%1 is the most generous one; our tailor looks at it with you.</source>
        <extracomment>%1 is the last size of the garment, at either end.</extracomment>
        <translation>%1 est la plus ample ; notre tailleur la regarde avec vous.</translation>
    </message>
    <message>
        <source>%1 is the closest one; our tailor looks at it with you.</source>
        <translation>%1 est la plus ajustée ; notre tailleur la regarde avec vous.</translation>
    </message>
    <message>
        <source>%1 gives a little more room.</source>
        <translation>%1 laisse un peu plus d’aisance.</translation>
    </message>
    <message>
        <source>%1 sits a little closer.</source>
        <translation>%1 tombe un peu plus près du corps.</translation>
    </message>
    <message>
        <source>%1 of %2 who usually take %3 kept %4</source>
        <extracomment>%1 of %2 shoppers whose usual size is %3 kept size %4.</extracomment>
        <translation>%1 sur %2 qui prennent d’ordinaire %3 ont gardé %4</translation>
    </message>
    <message>
        <source>%1 of %2 kept their usual size</source>
        <translation>%1 sur %2 ont gardé leur taille habituelle</translation>
    </message>
    <message>
        <source>with you</source>
        <translation>avec vous</translation>
    </message>
    <message numerus="yes">
        <source>%n here</source>
        <extracomment>Pieces of one size that hang on the shop floor.</extracomment>
        <translation>
            <numerusform>%n ici</numerusform>
            <numerusform>%n ici</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the back</source>
        <extracomment>Pieces of one size in the stockroom.</extracomment>
        <translation>
            <numerusform>%n en réserve</numerusform>
            <numerusform>%n en réserve</numerusform>
        </translation>
    </message>
    <message>
        <source>expected</source>
        <extracomment>Of a size that is on its way to this shop. Short.</extracomment>
        <translation>attendue</translation>
    </message>
    <message>
        <source>gone</source>
        <extracomment>Of a size that is not to be had.</extracomment>
        <translation>épuisée</translation>
    </message>
    <message>
        <source>With you in the room</source>
        <translation>Avec vous en cabine</translation>
    </message>
    <message numerus="yes">
        <source>%n on the floor</source>
        <translation>
            <numerusform>%n en rayon</numerusform>
            <numerusform>%n en rayon</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the stockroom</source>
        <translation>
            <numerusform>%n en réserve</numerusform>
            <numerusform>%n en réserve</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in %1</source>
        <extracomment>%1 is another shop&apos;s town.</extracomment>
        <translation>
            <numerusform>%n à %1</numerusform>
            <numerusform>%n à %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n on the way to us</source>
        <extracomment>Pieces of one size that are being delivered to this shop.</extracomment>
        <translation>
            <numerusform>%n en route vers nous</numerusform>
            <numerusform>%n en route vers nous</numerusform>
        </translation>
    </message>
    <message>
        <source>Not to be had at the moment</source>
        <translation>Indisponible pour l’instant</translation>
    </message>
    <message>
        <source>Counted just now</source>
        <translation>Compté à l’instant</translation>
    </message>
    <message numerus="yes">
        <source>Counted %n minutes ago</source>
        <translation>
            <numerusform>Compté il y a %n minute</numerusform>
            <numerusform>Compté il y a %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted %n hours ago</source>
        <translation>
            <numerusform>Compté il y a %n heure</numerusform>
            <numerusform>Compté il y a %n heures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted %n days ago</source>
        <translation>
            <numerusform>Compté il y a %n jour</numerusform>
            <numerusform>Compté il y a %n jours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StaffMessage</name>
    <message>
        <source>From %1</source>
        <extracomment>Over a message that an associate has written to the shopper. %1 is the associate&apos;s first name.</extracomment>
        <translation>%1, pour vous</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>Takes an associate&apos;s message off the mirror. Short.</extracomment>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>StillTherePage</name>
    <message>
        <source>Are you still there?</source>
        <translation>Êtes-vous toujours là ?</translation>
    </message>
    <message>
        <source>Yes, I am here</source>
        <translation>Oui, je suis là</translation>
    </message>
    <message>
        <source>I have only just come</source>
        <extracomment>Touched by a shopper who has just come into the room of another one.</extracomment>
        <translation>Je viens d’arriver</translation>
    </message>
</context>
<context>
    <name>TailorTexts</name>
    <message>
        <source>You pay when you fetch it.</source>
        <extracomment>The price of an alteration is not charged now.</extracomment>
        <translation>Vous payez au retrait.</translation>
    </message>
    <message>
        <source>ready on %1</source>
        <extracomment>An altered garment can be fetched on %1, a day such as Thursday, 3 Dec. Follows the price.</extracomment>
        <translation>prêt le %1</translation>
    </message>
</context>
<context>
    <name>WardrobePage</name>
    <message>
        <source>With you, %1</source>
        <extracomment>Over the garments that hang in the shopper&apos;s room.</extracomment>
        <translation>Avec vous, %1</translation>
    </message>
    <message>
        <source>With you</source>
        <translation>Avec vous</translation>
    </message>
    <message>
        <source>Hang your pieces here. They appear by themselves.</source>
        <translation>Suspendez vos pièces ici. Elles apparaissent d’elles-mêmes.</translation>
    </message>
    <message>
        <source>Goes with it</source>
        <extracomment>Over the suggestions that go along with the garments in the room.</extracomment>
        <translation>Va bien avec</translation>
    </message>
    <message>
        <source>Your receipt</source>
        <extracomment>Opens the receipt of what was paid in this visit. Short.</extracomment>
        <translation>Votre reçu</translation>
    </message>
    <message>
        <source>Basket</source>
        <extracomment>Opens the basket. The sum stands beside it.</extracomment>
        <translation>Panier</translation>
    </message>
</context>
</TS>
