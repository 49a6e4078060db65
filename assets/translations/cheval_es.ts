<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AsideRow</name>
    <message>
        <source>At the desk you need only this code: %1</source>
        <extracomment>%1 is a short code of letters and digits, with which the shopper fetches the garment.</extracomment>
        <translation>En caja basta con este código: %1</translation>
    </message>
    <message>
        <source>You can leave it hanging here.</source>
        <translation>Puede dejarlo aquí.</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <extracomment>The garment need not be kept for the shopper any more.</extracomment>
        <translation>Ya no hace falta</translation>
    </message>
</context>
<context>
    <name>AsideTexts</name>
    <message>
        <source>Put it aside for me</source>
        <extracomment>Asks the shop to keep a garment for the shopper until a day; she fetches it at the desk. Short.</extracomment>
        <translation>Apártenmelo</translation>
    </message>
    <message>
        <source>Put aside for you</source>
        <extracomment>Opens the list of garments that the shop keeps for her. Short.</extracomment>
        <translation>Apartado para usted</translation>
    </message>
    <message>
        <source>We are putting it aside</source>
        <translation>Se lo apartamos</translation>
    </message>
    <message>
        <source>%1 has put it aside for you</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>%1 se lo ha apartado</translation>
    </message>
    <message>
        <source>This one cannot be put aside. Ask us about it.</source>
        <translation>Esta prenda no se puede apartar. Pregúntenos.</translation>
    </message>
    <message>
        <source>No longer put aside</source>
        <translation>Ya no está apartado</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>%1 is a day of the month, %2 the month: its short name, or its number in Japanese, Chinese and Arabic.</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Until %1, %2</source>
        <extracomment>Until when a garment is kept. %1 is a date, %2 a time of day.</extracomment>
        <translation>Hasta el %1, %2</translation>
    </message>
</context>
<context>
    <name>AskPage</name>
    <message>
        <source>What may we do for you?</source>
        <translation>¿Qué podemos hacer por usted?</translation>
    </message>
    <message>
        <source>Another size or colour</source>
        <translation>Otra talla o color</translation>
    </message>
    <message>
        <source>touch the piece, then the size</source>
        <translation>toque la prenda y luego la talla</translation>
    </message>
    <message>
        <source>Nobody is signed in at the rooms just now; whoever comes sees your call first.</source>
        <translation>Ahora mismo no hay nadie en los probadores; quien llegue verá primero su aviso.</translation>
    </message>
</context>
<context>
    <name>AwayPage</name>
    <message>
        <source>Until next time</source>
        <translation>Hasta la próxima</translation>
    </message>
    <message>
        <source>This mirror keeps nothing of your visit.</source>
        <translation>Este espejo no guarda nada de su visita.</translation>
    </message>
</context>
<context>
    <name>BasketPage</name>
    <message>
        <source>Basket</source>
        <translation>Cesta</translation>
    </message>
    <message>
        <source>Nothing hangs with you yet.</source>
        <translation>Aún no cuelga nada con usted.</translation>
    </message>
    <message>
        <source>Nothing chosen yet. Touch what you would like to take home.</source>
        <translation>Aún no ha elegido nada. Toque lo que desee llevarse.</translation>
    </message>
    <message numerus="yes">
        <source>%n pieces</source>
        <extracomment>Before the sum of the basket; %n pieces are in it.</extracomment>
        <translation>
            <numerusform>%n prenda</numerusform>
            <numerusform>%n prendas</numerusform>
        </translation>
    </message>
    <message>
        <source>You save %1.</source>
        <extracomment>Under the total of the basket; %1 is the amount that promotions take off.</extracomment>
        <translation>Ahorra %1.</translation>
    </message>
    <message>
        <source>Before tax. You see the total with tax before you pay.</source>
        <translation>Sin impuesto. Verá el total con impuesto antes de pagar.</translation>
    </message>
    <message>
        <source>Pay here</source>
        <translation>Pagar aquí</translation>
    </message>
</context>
<context>
    <name>BasketRow</name>
    <message>
        <source>No longer with you, so it is not counted.</source>
        <translation>Ya no está con usted, así que no se cuenta.</translation>
    </message>
    <message>
        <source>Take out</source>
        <extracomment>At a garment in the basket: takes it out. Short.</extracomment>
        <translation>Quitar</translation>
    </message>
</context>
<context>
    <name>DeliveryPage</name>
    <message>
        <source>Pay here</source>
        <translation>Pagar aquí</translation>
    </message>
</context>
<context>
    <name>DeliveryTexts</name>
    <message>
        <source>How would you like it?</source>
        <extracomment>Title of the page on which she chooses how she gets her garments.</extracomment>
        <translation>¿Cómo lo quiere?</translation>
    </message>
    <message>
        <source>Or each piece its own way: touch it.</source>
        <extracomment>Below the ways, which count for all garments; below it they are listed.</extracomment>
        <translation>O cada prenda a su manera: tóquela.</translation>
    </message>
    <message>
        <source>We cannot say just now. Take it with you, or ask us.</source>
        <translation>Ahora mismo no podemos decirlo. Lléveselo o pregúntenos.</translation>
    </message>
    <message>
        <source>One of us takes down your address before you leave.</source>
        <extracomment>She has chosen to have something sent. The address is not typed on the mirror.</extracomment>
        <translation>Una persona del equipo anota su dirección antes de que se vaya.</translation>
    </message>
    <message numerus="yes">
        <source>%n sent or kept for you</source>
        <extracomment>Opens the page on which she chooses how she gets her garments. Short.</extracomment>
        <translation>
            <numerusform>%n se envía o se guarda</numerusform>
            <numerusform>%n se envían o se guardan</numerusform>
        </translation>
    </message>
    <message>
        <source>Have it sent or kept for you</source>
        <translation>Que se lo enviemos o guardemos</translation>
    </message>
    <message>
        <source>In a bag at the desk</source>
        <extracomment>The garments wait in a bag at the shop&apos;s desk. Short.</extracomment>
        <translation>En una bolsa en el mostrador</translation>
    </message>
    <message>
        <source>I collect it another day</source>
        <extracomment>She collects the garments on another day. Short.</extracomment>
        <translation>Lo recojo otro día</translation>
    </message>
    <message>
        <source>Sent home</source>
        <extracomment>The garments are sent to her address. Short.</extracomment>
        <translation>Enviado a casa</translation>
    </message>
    <message>
        <source>With me now</source>
        <extracomment>She takes the garments along now. Short.</extracomment>
        <translation>Me lo llevo</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>From today</source>
        <translation>Desde hoy</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>Mañana</translation>
    </message>
    <message>
        <source>From tomorrow</source>
        <translation>Desde mañana</translation>
    </message>
    <message>
        <source>On %1</source>
        <extracomment>%1 is a day, such as Thursday, 3 Dec: on this one, and from this one on.</extracomment>
        <translation>El %1</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>A partir del %1</translation>
    </message>
    <message>
        <source>%1, %2 %3</source>
        <extracomment>%1 is the day of the week, %2 the day of the month, %3 the month: its short name, or its number in Arabic.</extracomment>
        <translation>%1, %2 %3</translation>
    </message>
    <message>
        <source>plus %1</source>
        <extracomment>%1 is what it costs.</extracomment>
        <translation>más %1</translation>
    </message>
    <message>
        <source>at no charge</source>
        <translation>sin coste</translation>
    </message>
    <message>
        <source>if you order within %1 h %2 min</source>
        <extracomment>%1 hours and %2 minutes are left in which this day can be promised.</extracomment>
        <translation>si lo pide en %1 h %2 min</translation>
    </message>
    <message>
        <source>if you order within %1 min</source>
        <translation>si lo pide en %1 min</translation>
    </message>
</context>
<context>
    <name>FitFeedback</name>
    <message>
        <source>How does it feel?</source>
        <translation>¿Qué tal le sienta?</translation>
    </message>
    <message>
        <source>Where?</source>
        <translation>¿Dónde?</translation>
    </message>
    <message>
        <source>Change</source>
        <extracomment>Takes back the rating of how a piece fits. Short.</extracomment>
        <translation>Cambiar</translation>
    </message>
</context>
<context>
    <name>FitPage</name>
    <message>
        <source>Your height and weight</source>
        <translation>Su estatura y su peso</translation>
    </message>
    <message>
        <source>A size that fits you</source>
        <translation>Una talla que le queda bien</translation>
    </message>
    <message>
        <source>Think of a piece you like to wear: where is it from, and what is on its label?</source>
        <translation>Piense en una prenda que le guste llevar: ¿de dónde es y qué pone en su etiqueta?</translation>
    </message>
    <message>
        <source>So that we need not guess your size.</source>
        <translation>Para no tener que adivinar su talla.</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Estatura</translation>
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
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Talla</translation>
    </message>
    <message>
        <source>in centimetres and kilos</source>
        <translation>en centímetros y kilos</translation>
    </message>
    <message>
        <source>in feet and pounds</source>
        <translation>en pies y libras</translation>
    </message>
    <message>
        <source>Rather a size that fits me</source>
        <translation>Mejor una talla que me queda bien</translation>
    </message>
    <message>
        <source>Rather height and weight</source>
        <translation>Mejor estatura y peso</translation>
    </message>
    <message>
        <source>Advise me</source>
        <translation>Aconséjenme</translation>
    </message>
    <message>
        <source>Asked once, written down nowhere, forgotten when you leave.</source>
        <translation>Se pregunta una vez, no se anota y se olvida al salir.</translation>
    </message>
    <message>
        <source>I would rather not say</source>
        <extracomment>Leaves a question without an answer.</extracomment>
        <translation>Prefiero no decirlo</translation>
    </message>
</context>
<context>
    <name>FitTexts</name>
    <message>
        <source>just right</source>
        <extracomment>How a garment feels that was tried on. Short.</extracomment>
        <translation>perfecto</translation>
    </message>
    <message>
        <source>a little tight</source>
        <translation>algo ceñido</translation>
    </message>
    <message>
        <source>a little loose</source>
        <translation>algo holgado</translation>
    </message>
    <message>
        <source>shoulders</source>
        <extracomment>Where a garment feels tight or loose. Short.</extracomment>
        <translation>hombros</translation>
    </message>
    <message>
        <source>chest</source>
        <translation>pecho</translation>
    </message>
    <message>
        <source>waist</source>
        <translation>cintura</translation>
    </message>
    <message>
        <source>hips</source>
        <translation>cadera</translation>
    </message>
    <message>
        <source>sleeves</source>
        <translation>mangas</translation>
    </message>
    <message>
        <source>length</source>
        <translation>largo</translation>
    </message>
    <message>
        <source>width</source>
        <extracomment>The width of a shoe.</extracomment>
        <translation>ancho</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Back</source>
        <extracomment>Goes one page back. Short.</extracomment>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Just a mirror</source>
        <extracomment>Clears the screen, so that it is only a mirror. Short.</extracomment>
        <translation>Solo espejo</translation>
    </message>
    <message>
        <source>Help</source>
        <extracomment>Opens the page where one can ask for help. Short.</extracomment>
        <translation>Ayuda</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Erase</source>
        <extracomment>Removes the last digit that was typed. Short.</extracomment>
        <translation>Borrar</translation>
    </message>
</context>
<context>
    <name>LookPage</name>
    <message>
        <source>Goes with it</source>
        <translation>Combina bien</translation>
    </message>
    <message>
        <source>One moment, we are looking through the house.</source>
        <translation>Un momento, estamos mirando por la casa.</translation>
    </message>
    <message>
        <source>Nothing more to suggest just now. Ask us; we like to look with you.</source>
        <translation>De momento no hay más propuestas. Pregúntenos; buscamos con gusto con usted.</translation>
    </message>
    <message>
        <source>Show others</source>
        <extracomment>Shows the next three suggestions.</extracomment>
        <translation>Ver otras</translation>
    </message>
</context>
<context>
    <name>LookRow</name>
    <message>
        <source>Asked for</source>
        <translation>pedido</translation>
    </message>
    <message>
        <source>Not this</source>
        <extracomment>Takes a suggestion away. Short.</extracomment>
        <translation>Esto no</translation>
    </message>
</context>
<context>
    <name>LookTexts</name>
    <message numerus="yes">
        <source>%n have taken it along with the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>
            <numerusform>%n persona lo llevó con: %1</numerusform>
            <numerusform>%n lo llevaron con: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Often taken along with the %1</source>
        <translation>A menudo junto a: %1</translation>
    </message>
    <message>
        <source>The same cloth: %1</source>
        <extracomment>%1 is a material or a garment of that material.</extracomment>
        <translation>El mismo tejido: %1</translation>
    </message>
    <message>
        <source>Completes the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>Completa: %1</translation>
    </message>
    <message>
        <source>Completes the look</source>
        <translation>Completa el conjunto</translation>
    </message>
    <message>
        <source>Chosen by %1</source>
        <extracomment>%1 is a stylist&apos;s first name.</extracomment>
        <translation>Elegido por %1</translation>
    </message>
    <message>
        <source>New this week</source>
        <translation>Nuevo esta semana</translation>
    </message>
    <message>
        <source>Much loved this season</source>
        <translation>Muy querido esta temporada</translation>
    </message>
    <message>
        <source>Goes with the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>Combina con: %1</translation>
    </message>
    <message>
        <source>Goes with your pieces</source>
        <translation>Combina con sus prendas</translation>
    </message>
    <message>
        <source>often together</source>
        <extracomment>Two pieces that others have often taken together. Short.</extracomment>
        <translation>a menudo juntos</translation>
    </message>
    <message>
        <source>the same cloth</source>
        <translation>el mismo tejido</translation>
    </message>
    <message>
        <source>completes the look</source>
        <translation>completa el conjunto</translation>
    </message>
    <message>
        <source>chosen by %1</source>
        <translation>elegido por %1</translation>
    </message>
    <message>
        <source>new this week</source>
        <translation>recién llegado</translation>
    </message>
    <message>
        <source>much loved</source>
        <translation>muy querido</translation>
    </message>
    <message>
        <source>goes along</source>
        <translation>combina</translation>
    </message>
</context>
<context>
    <name>MessagePiece</name>
    <message>
        <source>Asked for</source>
        <translation>pedido</translation>
    </message>
</context>
<context>
    <name>OfferActions</name>
    <message>
        <source>Bring me %1</source>
        <extracomment>Asks an associate to bring the garment in size %1.</extracomment>
        <translation>Tráiganme la %1</translation>
    </message>
    <message>
        <source>Bring me %1 and %2</source>
        <extracomment>Asks an associate to bring the garment in two sizes, since either may fit. Short.</extracomment>
        <translation>Tráiganme la %1 y la %2</translation>
    </message>
    <message>
        <source>Bring it to me</source>
        <translation>Tráiganmelo</translation>
    </message>
    <message>
        <source>See where it is</source>
        <translation>Ver por dónde va</translation>
    </message>
    <message>
        <source>Ask us about it</source>
        <translation>Pregúntenos</translation>
    </message>
    <message>
        <source>You have asked for it.</source>
        <translation>Ya lo ha pedido.</translation>
    </message>
    <message>
        <source>This one hangs with you.</source>
        <translation>Esta prenda está con usted.</translation>
    </message>
    <message>
        <source>See your basket</source>
        <translation>Ver su selección</translation>
    </message>
    <message>
        <source>See it in %1</source>
        <extracomment>Shows the garment in the colour %1.</extracomment>
        <translation>Verla en %1</translation>
    </message>
    <message>
        <source>We change it for the one you paid, at no charge.</source>
        <extracomment>Another size of a garment that the shopper has paid already in this visit.</extracomment>
        <translation>La cambiamos por la que ha pagado, sin coste.</translation>
    </message>
    <message>
        <source>Touch your size, and we bring it.</source>
        <extracomment>No size is chosen yet; the sizes are above.</extracomment>
        <translation>Toque su talla y se la traemos.</translation>
    </message>
    <message>
        <source>%1 is in the house. Nobody is signed in at the rooms just now; whoever comes sees your call first.</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>La %1 está en la casa. Ahora no hay nadie en los probadores; quien llegue verá primero su aviso.</translation>
    </message>
    <message>
        <source>%1 hangs in %2. We can have it sent or put aside for you.</source>
        <extracomment>%1 is a size, %2 another shop&apos;s town.</extracomment>
        <translation>La %1 está en %2. Podemos hacer que la envíen o se la aparten.</translation>
    </message>
    <message>
        <source>%1 is sold out in this colour. In %2 it is here.</source>
        <extracomment>%1 is a size, %2 a colour.</extracomment>
        <translation>La %1 está agotada en este color. En %2 la tenemos aquí.</translation>
    </message>
    <message>
        <source>This one is on its way to us. We can put it aside for you.</source>
        <translation>Esta prenda está de camino. Podemos apartársela.</translation>
    </message>
    <message>
        <source>Not to be had in this size and colour at the moment.</source>
        <translation>No disponible por ahora en esta talla y color.</translation>
    </message>
    <message>
        <source>Take it out again</source>
        <extracomment>Takes the garment out of the basket.</extracomment>
        <translation>Quitarla</translation>
    </message>
    <message>
        <source>All sizes and colours</source>
        <translation>Todas las tallas y colores</translation>
    </message>
    <message>
        <source>Have it pinned on me</source>
        <extracomment>Asks for an alteration: a tailor pins the garment on the shopper.</extracomment>
        <translation>Que me lo prendan</translation>
    </message>
    <message>
        <source>Leave it at the door</source>
        <extracomment>The associate leaves the garment outside the fitting room.</extracomment>
        <translation>Dejarlo en la puerta</translation>
    </message>
</context>
<context>
    <name>PairingPage</name>
    <message>
        <source>This mirror takes a short break</source>
        <translation>Este espejo hace una breve pausa</translation>
    </message>
    <message>
        <source>Connect this mirror</source>
        <translation>Conectar este espejo</translation>
    </message>
    <message>
        <source>Please ask one of us. It stays a mirror all the while.</source>
        <translation>Pregúntenos a cualquiera de nosotros. Mientras tanto sigue siendo un espejo.</translation>
    </message>
    <message>
        <source>For our team</source>
        <extracomment>Opens the page for technicians.</extracomment>
        <translation>Para nuestro equipo</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>Leaves the page for technicians. Short.</extracomment>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>PairingTexts</name>
    <message>
        <source>This mirror does not know its store yet.</source>
        <translation>Este espejo aún no conoce su tienda.</translation>
    </message>
    <message>
        <source>The store does not know this mirror any more: its access was ended, or another mirror has this room.</source>
        <translation>La tienda ya no conoce este espejo: se le retiró el acceso, o este probador tiene otro espejo.</translation>
    </message>
    <message>
        <source>What answers at the store&apos;s address cannot prove that it is your store, so this mirror sends nothing to it. If the store was not set up anew, call your technician: somebody may be on the network.</source>
        <translation>Lo que responde en la dirección de la tienda no puede demostrar que es su tienda, así que este espejo no le envía nada. Si la tienda no se ha instalado de nuevo, llame a su técnico: puede haber alguien en la red.</translation>
    </message>
    <message>
        <source>On the team&apos;s page, a manager opens “Devices”, chooses room %1 and shows a code. Enter it here within two minutes.</source>
        <extracomment>%1 is the name of the fitting room. “Devices” is the name of the tab on the associates&apos; page.</extracomment>
        <translation>En la página del equipo, un encargado abre «Dispositivos», elige el probador %1 y muestra un código. Introdúzcalo aquí en dos minutos.</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>Un momento…</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>Conectado.</translation>
    </message>
    <message>
        <source>This code is not right, or somebody is between mirror and store. Show a new one and try once more.</source>
        <translation>Este código no es correcto, o hay alguien entre el espejo y la tienda. Muestre uno nuevo e inténtelo otra vez.</translation>
    </message>
    <message>
        <source>No code is open for room %1. Show a new one.</source>
        <translation>No hay ningún código abierto para el probador %1. Muestre uno nuevo.</translation>
    </message>
    <message>
        <source>The store does not answer. Is it running, and is this mirror on its network?</source>
        <translation>La tienda no responde. ¿Está en marcha, y está este espejo en su red?</translation>
    </message>
    <message>
        <source>The store did not accept this. Show a new code and try again.</source>
        <translation>La tienda no lo ha aceptado. Muestre un código nuevo e inténtelo otra vez.</translation>
    </message>
    <message>
        <source>This computer could not save it. Call your technician.</source>
        <translation>Este equipo no pudo guardarlo. Llame a su técnico.</translation>
    </message>
</context>
<context>
    <name>PayPage</name>
    <message>
        <source>Not this way</source>
        <translation>Así no</translation>
    </message>
</context>
<context>
    <name>PaymentTexts</name>
    <message>
        <source>Adding it up</source>
        <translation>Sumando</translation>
    </message>
    <message>
        <source>Shall we?</source>
        <translation>¿Vamos?</translation>
    </message>
    <message>
        <source>Pay with %1?</source>
        <extracomment>%1 is how the stored means of payment is named, such as a card&apos;s last digits.</extracomment>
        <translation>¿Pagar con %1?</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Un momento</translation>
    </message>
    <message>
        <source>Waking the terminal</source>
        <translation>Despertando el terminal</translation>
    </message>
    <message>
        <source>Hold your card, phone or ring here</source>
        <translation>Acerque aquí tarjeta, teléfono o anillo</translation>
    </message>
    <message>
        <source>One of us takes your payment</source>
        <translation>Uno de nosotros le cobra</translation>
    </message>
    <message>
        <source>A moment, please</source>
        <translation>Un momento, por favor</translation>
    </message>
    <message>
        <source>We are asking the terminal</source>
        <translation>Estamos preguntando al terminal</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>Gracias</translation>
    </message>
    <message>
        <source>That did not go through</source>
        <translation>No ha salido</translation>
    </message>
    <message>
        <source>You get it back</source>
        <translation>Se lo devolvemos</translation>
    </message>
    <message>
        <source>It was given back</source>
        <translation>Ya se ha devuelto</translation>
    </message>
    <message>
        <source>Not to be paid here just now</source>
        <translation>Ahora no se puede pagar aquí</translation>
    </message>
    <message>
        <source>Paying is resting for a moment</source>
        <translation>El pago descansa un momento</translation>
    </message>
    <message>
        <source>Let us look at it together</source>
        <translation>Veámoslo juntos</translation>
    </message>
    <message>
        <source>%1 before tax</source>
        <translation>%1 sin impuesto</translation>
    </message>
    <message>
        <source>plus %1 tax: %2</source>
        <extracomment>%1 is the rate, such as 19 %, %2 the amount of the tax.</extracomment>
        <translation>más impuesto %1: %2</translation>
    </message>
    <message>
        <source>incl. %1 VAT: %2</source>
        <translation>IVA %1 incluido: %2</translation>
    </message>
    <message>
        <source>The terminal is being made ready for you.</source>
        <translation>El terminal se está preparando para usted.</translation>
    </message>
    <message>
        <source>Only a part of it went through, so it is being given back. There is nothing for you to do.</source>
        <translation>Solo pasó una parte, así que se devuelve. No tiene que hacer nada.</translation>
    </message>
    <message>
        <source>Your card was charged after it was stopped, so it is being given back. There is nothing for you to do.</source>
        <translation>La tarjeta se cobró después de cancelar, así que se devuelve. No tiene que hacer nada.</translation>
    </message>
    <message>
        <source>Nothing stays charged. It may take your bank a few days to show it.</source>
        <translation>No queda nada cobrado. Su banco puede tardar unos días en mostrarlo.</translation>
    </message>
    <message>
        <source>The price has changed since. This is the total now.</source>
        <translation>El precio ha cambiado entretanto. Este es el total ahora.</translation>
    </message>
    <message>
        <source>Your ring was recognised.</source>
        <translation>Hemos reconocido su anillo.</translation>
    </message>
    <message>
        <source>to the left of the mirror, at the small light</source>
        <translation>a la izquierda del espejo, junto a la lucecita</translation>
    </message>
    <message>
        <source>below the mirror, at the small light</source>
        <translation>debajo del espejo, junto a la lucecita</translation>
    </message>
    <message>
        <source>to the right of the mirror, at the small light</source>
        <translation>a la derecha del espejo, junto a la lucecita</translation>
    </message>
    <message>
        <source>With our own terminal. A moment, please: someone is coming to you.</source>
        <translation>Con nuestro propio terminal. Un momento, por favor: alguien viene.</translation>
    </message>
    <message>
        <source>Its answer did not arrive. You will not be charged twice.</source>
        <translation>Su respuesta no llegó. No se le cobrará dos veces.</translation>
    </message>
    <message>
        <source>We could not learn whether it went through. Nothing is charged twice; we settle it together.</source>
        <translation>No hemos podido saber si se cobró. Nada se cobra dos veces; lo aclaramos juntos.</translation>
    </message>
    <message>
        <source>Your pieces stay as they are. Call us, or pay at the desk.</source>
        <translation>Sus prendas se quedan como están. Llámenos o pague en caja.</translation>
    </message>
    <message>
        <source>Yes, pay %1</source>
        <extracomment>Confirms the payment of %1.</extracomment>
        <translation>Sí, pagar %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Otra vez</translation>
    </message>
    <message>
        <source>Call someone</source>
        <translation>Llamar a alguien</translation>
    </message>
    <message>
        <source>Pay by card or phone</source>
        <translation>Pagar con tarjeta o teléfono</translation>
    </message>
    <message>
        <source>Your ring or card was read.</source>
        <extracomment>A ring or card of the house was laid on the reader to pay; it is being checked.</extracomment>
        <translation>Hemos leído su anillo o tarjeta.</translation>
    </message>
    <message>
        <source>Or lay your ring or house card on the reader: that pays with %1.</source>
        <translation>O acerque su anillo o tarjeta de la casa al lector: así paga con %1.</translation>
    </message>
    <message>
        <source>Nothing was charged. Try again, or pay another way.</source>
        <translation>No se ha cobrado nada. Inténtelo otra vez o pague de otro modo.</translation>
    </message>
    <message>
        <source>No card was held to it, and nothing was charged.</source>
        <translation>No se acercó ninguna tarjeta y no se cobró nada.</translation>
    </message>
    <message>
        <source>Stopped as you wished. Nothing was charged.</source>
        <translation>Detenido como deseaba. No se ha cobrado nada.</translation>
    </message>
    <message>
        <source>Above what this ring may pay today. Pay by card, please.</source>
        <translation>Es más de lo que este anillo puede pagar hoy. Pague con tarjeta, por favor.</translation>
    </message>
    <message>
        <source>These pieces are being paid for at the desk.</source>
        <translation>Estas prendas se están pagando ahora en caja.</translation>
    </message>
    <message>
        <source>The terminal is in use, and nothing was charged. Try again in a moment.</source>
        <translation>El terminal está en uso y no se ha cobrado nada. Inténtelo en un momento.</translation>
    </message>
    <message>
        <source>That took too long, so nothing was charged. Try again, please.</source>
        <translation>La respuesta tardó, así que no se cobró nada. Pruebe otra vez, por favor.</translation>
    </message>
    <message>
        <source>One of these pieces is paid for already. Nothing was charged.</source>
        <translation>Una de estas prendas ya está pagada. No se ha cobrado nada.</translation>
    </message>
    <message>
        <source>Not here just now, and nothing was charged. Pay at the desk, please.</source>
        <translation>Aquí no es posible ahora y no se cobró nada. Pague en caja, por favor.</translation>
    </message>
    <message>
        <source>Nothing was charged, and your pieces stay as they are. Call us, and one of us looks after it with you.</source>
        <translation>No se ha cobrado nada y sus prendas siguen como están. Llámenos y lo resolvemos juntos.</translation>
    </message>
    <message>
        <source>The card was not accepted and nothing was charged. Another card, or once more?</source>
        <translation>La tarjeta no fue aceptada y no se cobró nada. ¿Otra tarjeta, o una vez más?</translation>
    </message>
</context>
<context>
    <name>PictureSteps</name>
    <message>
        <source>Next picture</source>
        <extracomment>Shows the next picture of the garment.</extracomment>
        <translation>Imagen siguiente</translation>
    </message>
</context>
<context>
    <name>PieceCell</name>
    <message>
        <source>New to us</source>
        <extracomment>A garment that is not in the catalogue.</extracomment>
        <translation>Nueva para nosotros</translation>
    </message>
    <message>
        <source>yours</source>
        <extracomment>At a piece that has been paid; and at one of which another size is advised (%1).</extracomment>
        <translation>suya</translation>
    </message>
    <message>
        <source>try %1</source>
        <translation>pruebe la %1</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sí</translation>
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
        <translation>pedido</translation>
    </message>
</context>
<context>
    <name>PreparedTexts</name>
    <message>
        <source>Everything is with you.</source>
        <extracomment>Every piece that was prepared for the shopper hangs in her room by now.</extracomment>
        <translation>Todo está con usted.</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <extracomment>Over the pieces that %1, an associate, has chosen for the shopper before she came. Short.</extracomment>
        <translation>Preparado para usted</translation>
    </message>
    <message>
        <source>Waiting for you, chosen by %1</source>
        <translation>Preparado para usted, elegido por %1</translation>
    </message>
    <message>
        <source>Look %1</source>
        <extracomment>Pieces of one number are to be worn together. Short.</extracomment>
        <translation>Conjunto %1</translation>
    </message>
    <message>
        <source>Here for you</source>
        <extracomment>An associate has fetched the piece and keeps it near the fitting rooms.</extracomment>
        <translation>Lista para usted</translation>
    </message>
    <message>
        <source>On the floor</source>
        <extracomment>The piece hangs on the sales floor. %1 is the name of its rail.</extracomment>
        <translation>En la tienda</translation>
    </message>
    <message>
        <source>Hangs at: %1</source>
        <translation>Está en: %1</translation>
    </message>
    <message>
        <source>We bring it to you</source>
        <extracomment>The piece is in the stockroom; an associate brings it.</extracomment>
        <translation>Se la traemos</translation>
    </message>
    <message>
        <source>Just gone; ask us</source>
        <extracomment>The piece that was chosen is not in this shop any more.</extracomment>
        <translation>Se acaba de agotar; pregúntenos</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>Your receipt is being printed.</source>
        <translation>Su recibo se está imprimiendo.</translation>
    </message>
    <message>
        <source>Here is your receipt, on paper.</source>
        <translation>Aquí tiene su recibo en papel.</translation>
    </message>
    <message>
        <source>The printer does not answer just now. With this number we are glad to give it to you at the desk.</source>
        <translation>La impresora no responde ahora mismo. Con este número se lo damos con gusto en la caja.</translation>
    </message>
    <message>
        <source>With this number we are glad to give it to you at the desk.</source>
        <translation>Con este número se lo damos con gusto en la caja.</translation>
    </message>
    <message>
        <source>Thank you, %1</source>
        <translation>Gracias, %1</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>Gracias</translation>
    </message>
    <message>
        <source>%1 is paid, and the pieces are yours.</source>
        <translation>%1 pagados; las prendas son suyas.</translation>
    </message>
    <message>
        <source>Your receipt, to take along</source>
        <translation>Su recibo, para llevar</translation>
    </message>
    <message>
        <source>Your receipt</source>
        <translation>Su recibo</translation>
    </message>
    <message>
        <source>Print my receipt</source>
        <translation>Imprimir mi recibo</translation>
    </message>
    <message>
        <source>Print it once more</source>
        <translation>Imprimirlo otra vez</translation>
    </message>
    <message>
        <source>Finish and forget me</source>
        <extracomment>Ends the visit; the mirror forgets everything of it.</extracomment>
        <translation>Terminar y olvidarme</translation>
    </message>
</context>
<context>
    <name>RequestPage</name>
    <message>
        <source>Asked for</source>
        <extracomment>Over the list of what the shopper has asked for.</extracomment>
        <translation>Pedido</translation>
    </message>
    <message>
        <source>Nothing is asked for at the moment.</source>
        <translation>Ahora no hay nada pedido.</translation>
    </message>
</context>
<context>
    <name>RequestRow</name>
    <message>
        <source>It will be left at the door.</source>
        <translation>Se dejará en la puerta.</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <extracomment>Takes a request back.</extracomment>
        <translation>Ya no hace falta</translation>
    </message>
</context>
<context>
    <name>RequestTexts</name>
    <message>
        <source>Being sent</source>
        <translation>Enviando</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>Aún sin enviar</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Recibido</translation>
    </message>
    <message>
        <source>We are finding someone</source>
        <translation>Seguimos buscando a alguien</translation>
    </message>
    <message>
        <source>%1 asks you to come out</source>
        <extracomment>%1 is an associate&apos;s first name, who waits outside the fitting room. Nothing is brought.</extracomment>
        <translation>%1 le pide que salga</translation>
    </message>
    <message>
        <source>%1 is coming</source>
        <translation>%1 viene</translation>
    </message>
    <message>
        <source>%1 is bringing it</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>%1 lo trae</translation>
    </message>
    <message>
        <source>%1 is at the door</source>
        <translation>%1 está en la puerta</translation>
    </message>
    <message>
        <source>At your door</source>
        <translation>En su puerta</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>%1 is sorry</source>
        <translation>%1 lo siente</translation>
    </message>
    <message>
        <source>We are sorry</source>
        <translation>Lo sentimos</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Retirado</translation>
    </message>
    <message>
        <source>The shop cannot be reached; it goes out by itself as soon as it can.</source>
        <translation>No se puede contactar con la tienda; saldrá solo en cuanto pueda.</translation>
    </message>
    <message numerus="yes">
        <source>Waiting for %n minutes; you are not forgotten.</source>
        <translation>
            <numerusform>Desde hace %n minuto; no le hemos olvidado.</numerusform>
            <numerusform>Desde hace %n minutos; no le hemos olvidado.</numerusform>
        </translation>
    </message>
    <message>
        <source>The team has it and answers by name.</source>
        <translation>El equipo lo tiene y responderá con su nombre.</translation>
    </message>
    <message numerus="yes">
        <source>About %n minutes</source>
        <translation>
            <numerusform>Alrededor de %n minuto</numerusform>
            <numerusform>Unos %n minutos</numerusform>
        </translation>
    </message>
    <message>
        <source>None of us is free just now. Your wish stays open, and we go on asking.</source>
        <translation>Ahora mismo no hay nadie libre. Su petición sigue abierta y seguimos preguntando.</translation>
    </message>
    <message>
        <source>%1, who runs the shop, is being asked now.</source>
        <extracomment>%1 is the manager&apos;s first name.</extracomment>
        <translation>Ahora preguntamos a %1, responsable de la tienda.</translation>
    </message>
    <message>
        <source>%1 is being asked now.</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>Ahora preguntamos a %1.</translation>
    </message>
    <message>
        <source>%1 could not come after all; all of us see it again.</source>
        <extracomment>%1 is an associate&apos;s first name, who had said yes before.</extracomment>
        <translation>%1 al final no ha podido venir; todo el equipo lo ve de nuevo.</translation>
    </message>
    <message numerus="yes">
        <source>Nobody has a hand free yet; it usually takes %n minutes.</source>
        <translation>
            <numerusform>Aún no hay nadie libre; suele tardar %n minuto.</numerusform>
            <numerusform>Aún no hay nadie libre; suele tardar %n minutos.</numerusform>
        </translation>
    </message>
    <message>
        <source>It hangs out in the shop: you are welcome to come out and take it.</source>
        <translation>Está colgado en la tienda: puede salir a cogerlo cuando quiera.</translation>
    </message>
    <message>
        <source>It is in our stockroom: at the desk we fetch it for you.</source>
        <translation>Está en nuestro almacén: en el mostrador se lo traemos.</translation>
    </message>
    <message>
        <source>You are welcome to come out to the desk.</source>
        <translation>Puede salir al mostrador cuando quiera.</translation>
    </message>
    <message>
        <source>On the way to you</source>
        <translation>De camino hacia usted</translation>
    </message>
    <message>
        <source>The last one has just been sold.</source>
        <translation>La última se acaba de vender.</translation>
    </message>
    <message>
        <source>It is here in another colour.</source>
        <translation>Está aquí en otro color.</translation>
    </message>
    <message>
        <source>Come out for a moment, please, and we look together.</source>
        <translation>Salga un momento, por favor, y lo vemos juntos.</translation>
    </message>
</context>
<context>
    <name>ServiceRow</name>
    <message>
        <source>for a look, a size, an opinion</source>
        <translation>para una mirada, una talla, una opinión</translation>
    </message>
    <message>
        <source>we pin it here, on you</source>
        <translation>lo prendemos aquí, sobre usted</translation>
    </message>
    <message>
        <source>water, coffee or tea</source>
        <translation>agua, café o té</translation>
    </message>
</context>
<context>
    <name>SharedTexts</name>
    <message>
        <source>I&apos;d like all of them</source>
        <extracomment>Puts all garments in the room into the basket. Short.</extracomment>
        <translation>Me las llevo todas</translation>
    </message>
    <message>
        <source>Back to the pieces</source>
        <extracomment>Goes to the page with all garments in the room. Short.</extracomment>
        <translation>Volver a las prendas</translation>
    </message>
    <message>
        <source>In your basket</source>
        <extracomment>At a garment: a touch puts it into the basket; and it is in the basket. Short.</extracomment>
        <translation>En su cesta</translation>
    </message>
    <message>
        <source>I&apos;d like this one</source>
        <translation>Me la llevo</translation>
    </message>
    <message>
        <source>This one is yours.</source>
        <translation>Esta prenda es suya.</translation>
    </message>
    <message>
        <source>This one is paid for already.</source>
        <translation>Esta prenda ya está pagada.</translation>
    </message>
    <message>
        <source>We do not know this piece yet. Ask us about it.</source>
        <translation>Aún no conocemos esta prenda. Pregúntenos.</translation>
    </message>
    <message>
        <source>Is this yours?</source>
        <translation>¿Es suya?</translation>
    </message>
    <message>
        <source>Its price is not here yet. We are glad to look it up.</source>
        <translation>Su precio aún no está aquí. Con gusto lo buscamos.</translation>
    </message>
    <message>
        <source>Lowest price of the last 30 days: %1</source>
        <extracomment>Stated where a price is reduced, as the law of the EU asks for it; %1 is that price.</extracomment>
        <translation>Precio más bajo de los últimos 30 días: %1</translation>
    </message>
    <message>
        <source>before %1</source>
        <extracomment>%1 is the price before a sale; it stands beside the present price. Short.</extracomment>
        <translation>antes %1</translation>
    </message>
    <message>
        <source>Show others (%1 to %2 of %3)</source>
        <extracomment>Shows other garments of a long list; those of the numbers %1 to %2 of %3 are shown. Short.</extracomment>
        <translation>Ver otras (%1 a %2 de %3)</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <extracomment>%1 are names of garments; %n more are paid for too.</extracomment>
        <translation>
            <numerusform>%1 y %n más</numerusform>
            <numerusform>%1 y %n más</numerusform>
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
        <translation>Por un momento, solo un espejo. La ayuda sigue funcionando.</translation>
    </message>
    <message>
        <source>New pieces are not recognised just now. What is here stays here.</source>
        <extracomment>The reader that recognises garments is away.</extracomment>
        <translation>Ahora no se reconocen prendas nuevas. Lo que está aquí se queda.</translation>
    </message>
    <message>
        <source>That was a little short. Hold it there a moment longer.</source>
        <translation>Fue un poco breve. Manténgalo un momento más.</translation>
    </message>
    <message>
        <source>That is a bank card; it is only read by the terminal. Nothing was taken from it.</source>
        <extracomment>A bank card was held to our own reader, which does not read those.</extracomment>
        <translation>Es una tarjeta bancaria; solo la lee el terminal. No se ha cobrado nada.</translation>
    </message>
    <message>
        <source>It could not be read. Once more, please, and lay it flat.</source>
        <translation>No se pudo leer. Otra vez, por favor, y bien plano.</translation>
    </message>
    <message>
        <source>We do not know this card yet. Everything works without it.</source>
        <translation>Aún no conocemos esta tarjeta. Todo funciona sin ella.</translation>
    </message>
    <message>
        <source>This one cannot pay here. A bank card or your phone can.</source>
        <extracomment>A known ring or member card, laid on the reader to pay; it has no means of payment or cannot prove whose it is.</extracomment>
        <translation>Con esta no se puede pagar aquí. Con tarjeta bancaria o teléfono, sí.</translation>
    </message>
    <message>
        <source>We cannot find this piece in our house. We are glad to help.</source>
        <extracomment>A garment&apos;s label was scanned that this house does not sell.</extracomment>
        <translation>No encontramos esta prenda en nuestra casa. Con gusto le ayudamos.</translation>
    </message>
    <message>
        <source>Your voucher counts in the basket.</source>
        <extracomment>The code of a voucher was scanned.</extracomment>
        <translation>Su vale cuenta en la cesta.</translation>
    </message>
    <message>
        <source>This voucher does not count just now. We are glad to help.</source>
        <extracomment>The code of a voucher was scanned that has ended, or has not begun.</extracomment>
        <translation>Este vale no cuenta en este momento. Le ayudamos con gusto.</translation>
    </message>
    <message numerus="yes">
        <source>%1 is on the floor, about %n minutes</source>
        <extracomment>%1 is an associate&apos;s first name. %n minutes is how long it usually takes.</extracomment>
        <translation>
            <numerusform>%1 está en la tienda, unos %n minuto</numerusform>
            <numerusform>%1 está en la tienda, unos %n minutos</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is on the floor</source>
        <translation>%1 está en la tienda</translation>
    </message>
    <message>
        <source>Someone to help</source>
        <translation>Alguien que ayude</translation>
    </message>
    <message>
        <source>An alteration</source>
        <translation>Un arreglo</translation>
    </message>
    <message>
        <source>A drink</source>
        <translation>Algo de beber</translation>
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
        <translation>¿Podemos preguntarle una cosa?</translation>
    </message>
</context>
<context>
    <name>SizeRow</name>
    <message>
        <source>advised</source>
        <extracomment>Beside the size that we advise; and beside the other one that may fit. Short.</extracomment>
        <translation>aconsejada</translation>
    </message>
    <message>
        <source>also</source>
        <translation>también</translation>
    </message>
</context>
<context>
    <name>SizeTexts</name>
    <message>
        <source>%1 it is</source>
        <extracomment>%1 is the size that the shopper finds just right.</extracomment>
        <translation>La %1, entonces</translation>
    </message>
    <message>
        <source>We take it up for you</source>
        <extracomment>A tailor shortens the garment.</extracomment>
        <translation>Se lo acortamos</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <extracomment>%1 is the shopper&apos;s size, %2 the colour in which the garment is there.</extracomment>
        <translation>%1, en %2</translation>
    </message>
    <message>
        <source>%1 is gone just now</source>
        <translation>%1 está agotada por ahora</translation>
    </message>
    <message>
        <source>We find a way</source>
        <translation>Encontraremos la manera</translation>
    </message>
    <message>
        <source>Your size here is still open</source>
        <translation>Su talla aquí está por ver</translation>
    </message>
    <message>
        <source>%1 or %2?</source>
        <extracomment>%1 and %2 are sizes.</extracomment>
        <translation>¿%1 o %2?</translation>
    </message>
    <message>
        <source>Between %1 and %2, take %3</source>
        <extracomment>%1 and %2 are sizes, %3 the one of them to try first.</extracomment>
        <translation>Entre la %1 y la %2, mejor la %3</translation>
    </message>
    <message>
        <source>Take %1</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>Mejor la %1</translation>
    </message>
    <message>
        <source>Perhaps %1</source>
        <extracomment>%1 is a size; we are not certain of it.</extracomment>
        <translation>Quizá la %1</translation>
    </message>
    <message>
        <source>%1 sits easier here</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>Aquí la %1 sienta más holgada</translation>
    </message>
    <message>
        <source>%1 sits closer here</source>
        <translation>Aquí la %1 sienta más ceñida</translation>
    </message>
    <message>
        <source>%1 is your size here</source>
        <translation>La %1 es su talla aquí</translation>
    </message>
    <message>
        <source>%1 is sold out in this colour. In %2 it is here.</source>
        <extracomment>%1 is a size that would fit, %2 a colour.</extracomment>
        <translation>La %1 está agotada en este color. En %2 la tenemos aquí.</translation>
    </message>
    <message>
        <source>%1 would be your size, and it is sold out. We are glad to look with you.</source>
        <extracomment>%1 is a size that would fit.</extracomment>
        <translation>La %1 sería su talla, pero está agotada. Con gusto buscamos con usted.</translation>
    </message>
    <message>
        <source>Two hints point to different sizes. Try both; we bring the other one.</source>
        <translation>Dos indicios apuntan a tallas distintas. Pruebe las dos; le traemos la otra.</translation>
    </message>
    <message>
        <source>Two hints point to different sizes. Trying it on will tell.</source>
        <translation>Dos indicios apuntan a tallas distintas. Probársela lo dirá.</translation>
    </message>
    <message>
        <source>Here we know too little to be sure. Trying it on will tell; we bring the next size at once.</source>
        <translation>Aquí aún sabemos poco para estar seguros. La prueba lo dirá; le traemos enseguida la talla siguiente.</translation>
    </message>
    <message>
        <source>It runs small, yet %1.</source>
        <extracomment>%1 is a clause: &quot;41 of 60 kept their usual size&quot;, or &quot;M is the likeliest&quot;.</extracomment>
        <translation>Talla pequeño, y aun así %1.</translation>
    </message>
    <message>
        <source>This one runs small: %1.</source>
        <translation>Esta prenda talla pequeño: %1.</translation>
    </message>
    <message>
        <source>This one runs small.</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>Esta prenda talla pequeño.</translation>
    </message>
    <message>
        <source>It runs large, yet %1.</source>
        <translation>Talla grande, y aun así %1.</translation>
    </message>
    <message>
        <source>This one runs large: %1.</source>
        <translation>Esta prenda talla grande: %1.</translation>
    </message>
    <message>
        <source>This one runs large.</source>
        <translation>Esta prenda talla grande.</translation>
    </message>
    <message>
        <source>True to size: %1.</source>
        <translation>Talla normal: %1.</translation>
    </message>
    <message>
        <source>True to size.</source>
        <translation>Talla normal.</translation>
    </message>
    <message>
        <source>You usually take %1, and this one is true to size.</source>
        <extracomment>%1 is the size that the shopper usually takes.</extracomment>
        <translation>Suele llevar la %1, y esta prenda talla normal.</translation>
    </message>
    <message>
        <source>The size you usually take.</source>
        <translation>La talla que suele llevar.</translation>
    </message>
    <message>
        <source>%1 is the likeliest</source>
        <extracomment>%1 is a size; the end of a sentence.</extracomment>
        <translation>la %1 es la más probable</translation>
    </message>
    <message>
        <source>From height and weight. The chart behind it was measured on other people, so it is a hint.</source>
        <translation>Por estatura y peso. La tabla se midió en otras personas: es una orientación.</translation>
    </message>
    <message>
        <source>Nobody has told us yet how this one sits.</source>
        <translation>Nadie nos ha dicho aún cómo sienta esta prenda.</translation>
    </message>
    <message>
        <source>We are not sure yet. Try both; we bring the other one.</source>
        <translation>Aún no estamos seguros. Pruebe las dos; le traemos la otra.</translation>
    </message>
    <message>
        <source>We are not sure yet. Trying it on will tell.</source>
        <translation>Aún no estamos seguros. La prueba lo dirá.</translation>
    </message>
    <message>
        <source>Good to know. It stays as it is.</source>
        <translation>Es bueno saberlo. Se queda así.</translation>
    </message>
    <message>
        <source>The size is right; a tailor pins it here, on you.</source>
        <translation>La talla es la buena; lo prendemos aquí, sobre usted.</translation>
    </message>
    <message>
        <source>%1 is the most generous one; our tailor looks at it with you.</source>
        <extracomment>%1 is the last size of the garment, at either end.</extracomment>
        <translation>La %1 es la más holgada; nuestro sastre la mira con usted.</translation>
    </message>
    <message>
        <source>%1 is the closest one; our tailor looks at it with you.</source>
        <translation>La %1 es la más entallada; nuestro sastre la mira con usted.</translation>
    </message>
    <message>
        <source>%1 gives a little more room.</source>
        <translation>La %1 da un poco más de holgura.</translation>
    </message>
    <message>
        <source>%1 sits a little closer.</source>
        <translation>La %1 queda un poco más entallada.</translation>
    </message>
    <message>
        <source>%1 of %2 who usually take %3 kept %4</source>
        <extracomment>%1 of %2 shoppers whose usual size is %3 kept size %4.</extracomment>
        <translation>%1 de %2 que suelen llevar la %3 se quedaron la %4</translation>
    </message>
    <message>
        <source>%1 of %2 kept their usual size</source>
        <translation>%1 de %2 se quedaron su talla habitual</translation>
    </message>
    <message>
        <source>with you</source>
        <translation>con usted</translation>
    </message>
    <message numerus="yes">
        <source>%n here</source>
        <extracomment>Pieces of one size that hang on the shop floor.</extracomment>
        <translation>
            <numerusform>%n aquí</numerusform>
            <numerusform>%n aquí</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the back</source>
        <extracomment>Pieces of one size in the stockroom.</extracomment>
        <translation>
            <numerusform>%n en almacén</numerusform>
            <numerusform>%n en almacén</numerusform>
        </translation>
    </message>
    <message>
        <source>expected</source>
        <extracomment>Of a size that is on its way to this shop. Short.</extracomment>
        <translation>en camino</translation>
    </message>
    <message>
        <source>gone</source>
        <extracomment>Of a size that is not to be had.</extracomment>
        <translation>agotada</translation>
    </message>
    <message>
        <source>With you in the room</source>
        <translation>Con usted en el probador</translation>
    </message>
    <message numerus="yes">
        <source>%n on the floor</source>
        <translation>
            <numerusform>%n en tienda</numerusform>
            <numerusform>%n en tienda</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the stockroom</source>
        <translation>
            <numerusform>%n en el almacén</numerusform>
            <numerusform>%n en el almacén</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in %1</source>
        <extracomment>%1 is another shop&apos;s town.</extracomment>
        <translation>
            <numerusform>%n en %1</numerusform>
            <numerusform>%n en %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n on the way to us</source>
        <extracomment>Pieces of one size that are being delivered to this shop.</extracomment>
        <translation>
            <numerusform>%n de camino</numerusform>
            <numerusform>%n de camino</numerusform>
        </translation>
    </message>
    <message>
        <source>Not to be had at the moment</source>
        <translation>No disponible por ahora</translation>
    </message>
    <message>
        <source>Counted just now</source>
        <translation>Contado ahora mismo</translation>
    </message>
    <message numerus="yes">
        <source>Counted %n minutes ago</source>
        <translation>
            <numerusform>Contado hace %n minuto</numerusform>
            <numerusform>Contado hace %n minutos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted %n hours ago</source>
        <translation>
            <numerusform>Contado hace %n hora</numerusform>
            <numerusform>Contado hace %n horas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted %n days ago</source>
        <translation>
            <numerusform>Contado hace %n día</numerusform>
            <numerusform>Contado hace %n días</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StaffMessage</name>
    <message>
        <source>From %1</source>
        <extracomment>Over a message that an associate has written to the shopper. %1 is the associate&apos;s first name.</extracomment>
        <translation>De %1</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>Takes an associate&apos;s message off the mirror. Short.</extracomment>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>StillTherePage</name>
    <message>
        <source>Are you still there?</source>
        <translation>¿Sigue ahí?</translation>
    </message>
    <message>
        <source>Yes, I am here</source>
        <translation>Sí, estoy aquí</translation>
    </message>
    <message>
        <source>I have only just come</source>
        <extracomment>Touched by a shopper who has just come into the room of another one.</extracomment>
        <translation>Acabo de llegar</translation>
    </message>
</context>
<context>
    <name>TailorTexts</name>
    <message>
        <source>You pay when you fetch it.</source>
        <extracomment>The price of an alteration is not charged now.</extracomment>
        <translation>Se paga al recogerlo.</translation>
    </message>
    <message>
        <source>ready on %1</source>
        <extracomment>An altered garment can be fetched on %1, a day such as Thursday, 3 Dec. Follows the price.</extracomment>
        <translation>listo el %1</translation>
    </message>
</context>
<context>
    <name>WardrobePage</name>
    <message>
        <source>With you, %1</source>
        <extracomment>Over the garments that hang in the shopper&apos;s room.</extracomment>
        <translation>Con usted, %1</translation>
    </message>
    <message>
        <source>With you</source>
        <translation>Con usted</translation>
    </message>
    <message>
        <source>Hang your pieces here. They appear by themselves.</source>
        <translation>Cuelgue aquí sus prendas. Aparecen solas.</translation>
    </message>
    <message>
        <source>Goes with it</source>
        <extracomment>Over the suggestions that go along with the garments in the room.</extracomment>
        <translation>Combina bien</translation>
    </message>
    <message>
        <source>Your receipt</source>
        <extracomment>Opens the receipt of what was paid in this visit. Short.</extracomment>
        <translation>Su recibo</translation>
    </message>
    <message>
        <source>Basket</source>
        <extracomment>Opens the basket. The sum stands beside it.</extracomment>
        <translation>Cesta</translation>
    </message>
</context>
</TS>
