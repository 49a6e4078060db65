<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>AsideRow</name>
    <message>
        <source>At the desk you need only this code: %1</source>
        <extracomment>%1 is a short code of letters and digits, with which the shopper fetches the garment.</extracomment>
        <translation>عند الصندوق يكفي هذا الرمز: %1</translation>
    </message>
    <message>
        <source>You can leave it hanging here.</source>
        <translation>يمكنك تركها هنا.</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <extracomment>The garment need not be kept for the shopper any more.</extracomment>
        <translation>لم أعد أحتاجه</translation>
    </message>
</context>
<context>
    <name>AsideTexts</name>
    <message>
        <source>Put it aside for me</source>
        <extracomment>Asks the shop to keep a garment for the shopper until a day; she fetches it at the desk. Short.</extracomment>
        <translation>احجزوها لي</translation>
    </message>
    <message>
        <source>Put aside for you</source>
        <extracomment>Opens the list of garments that the shop keeps for her. Short.</extracomment>
        <translation>محجوز لك</translation>
    </message>
    <message>
        <source>We are putting it aside</source>
        <translation>نحجزها لك</translation>
    </message>
    <message>
        <source>%1 has put it aside for you</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>حُجزت لك لدى %1</translation>
    </message>
    <message>
        <source>This one cannot be put aside. Ask us about it.</source>
        <translation>لا يمكن حجز هذه القطعة. اسألنا عنها.</translation>
    </message>
    <message>
        <source>No longer put aside</source>
        <translation>لم تعد محجوزة</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>%1 is a day of the month, %2 the month: its short name, or its number in Japanese, Chinese and Arabic.</extracomment>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Until %1, %2</source>
        <extracomment>Until when a garment is kept. %1 is a date, %2 a time of day.</extracomment>
        <translation>حتى %1، %2</translation>
    </message>
</context>
<context>
    <name>AskPage</name>
    <message>
        <source>What may we do for you?</source>
        <translation>كيف يمكننا مساعدتك؟</translation>
    </message>
    <message>
        <source>Another size or colour</source>
        <translation>مقاس أو لون آخر</translation>
    </message>
    <message>
        <source>touch the piece, then the size</source>
        <translation>المس القطعة، ثم المقاس</translation>
    </message>
    <message>
        <source>Nobody is signed in at the rooms just now; whoever comes sees your call first.</source>
        <translation>لا أحد عند غرف القياس الآن؛ ومن يأتي يرى نداءك أولًا.</translation>
    </message>
</context>
<context>
    <name>AwayPage</name>
    <message>
        <source>Until next time</source>
        <translation>إلى اللقاء</translation>
    </message>
    <message>
        <source>This mirror keeps nothing of your visit.</source>
        <translation>لا تحتفظ هذه المرآة بشيء من زيارتك.</translation>
    </message>
</context>
<context>
    <name>BasketPage</name>
    <message>
        <source>Basket</source>
        <translation>السلة</translation>
    </message>
    <message>
        <source>Nothing hangs with you yet.</source>
        <translation>لا شيء معلّق لديك بعد.</translation>
    </message>
    <message>
        <source>Nothing chosen yet. Touch what you would like to take home.</source>
        <translation>لم يُختر شيء بعد. المس ما تود أخذه معك.</translation>
    </message>
    <message numerus="yes">
        <source>%n pieces</source>
        <extracomment>Before the sum of the basket; %n pieces are in it.</extracomment>
        <translation>
            <numerusform>لا قطع</numerusform>
            <numerusform>قطعة واحدة</numerusform>
            <numerusform>قطعتان</numerusform>
            <numerusform>%n قطع</numerusform>
            <numerusform>%n قطعة</numerusform>
            <numerusform>%n قطعة</numerusform>
        </translation>
    </message>
    <message>
        <source>You save %1.</source>
        <extracomment>Under the total of the basket; %1 is the amount that promotions take off.</extracomment>
        <translation>التوفير: %1.</translation>
    </message>
    <message>
        <source>Before tax. You see the total with tax before you pay.</source>
        <translation>قبل الضريبة. يظهر لك المجموع مع الضريبة قبل الدفع.</translation>
    </message>
    <message>
        <source>Pay here</source>
        <translation>الدفع هنا</translation>
    </message>
</context>
<context>
    <name>BasketRow</name>
    <message>
        <source>No longer with you, so it is not counted.</source>
        <translation>لم تعد معك، لذلك لا تُحتسب.</translation>
    </message>
    <message>
        <source>Take out</source>
        <extracomment>At a garment in the basket: takes it out. Short.</extracomment>
        <translation>إخراج</translation>
    </message>
</context>
<context>
    <name>DeliveryPage</name>
    <message>
        <source>Pay here</source>
        <translation>الدفع هنا</translation>
    </message>
</context>
<context>
    <name>DeliveryTexts</name>
    <message>
        <source>How would you like it?</source>
        <extracomment>Title of the page on which she chooses how she gets her garments.</extracomment>
        <translation>كيف تودّين استلامه؟</translation>
    </message>
    <message>
        <source>Or each piece its own way: touch it.</source>
        <extracomment>Below the ways, which count for all garments; below it they are listed.</extracomment>
        <translation>أو لكل قطعة طريقتها: المسيها.</translation>
    </message>
    <message>
        <source>We cannot say just now. Take it with you, or ask us.</source>
        <translation>لا يمكننا أن نقول الآن. خذيه معكِ أو اسألينا.</translation>
    </message>
    <message>
        <source>One of us takes down your address before you leave.</source>
        <extracomment>She has chosen to have something sent. The address is not typed on the mirror.</extracomment>
        <translation>يدوّن أحدنا عنوانكِ قبل أن تغادري.</translation>
    </message>
    <message numerus="yes">
        <source>%n sent or kept for you</source>
        <extracomment>Opens the page on which she chooses how she gets her garments. Short.</extracomment>
        <translation>
            <numerusform>لا شيء يُرسل أو يُحفظ لكِ</numerusform>
            <numerusform>قطعة واحدة تُرسل أو تُحفظ لكِ</numerusform>
            <numerusform>قطعتان تُرسلان أو تُحفظان لكِ</numerusform>
            <numerusform>%n قطع تُرسل أو تُحفظ لكِ</numerusform>
            <numerusform>%n قطعة تُرسل أو تُحفظ لكِ</numerusform>
            <numerusform>%n قطعة تُرسل أو تُحفظ لكِ</numerusform>
        </translation>
    </message>
    <message>
        <source>Have it sent or kept for you</source>
        <translation>إرساله أو حفظه لكِ</translation>
    </message>
    <message>
        <source>In a bag at the desk</source>
        <extracomment>The garments wait in a bag at the shop&apos;s desk. Short.</extracomment>
        <translation>في كيس عند المكتب</translation>
    </message>
    <message>
        <source>I collect it another day</source>
        <extracomment>She collects the garments on another day. Short.</extracomment>
        <translation>أستلمه في يوم آخر</translation>
    </message>
    <message>
        <source>Sent home</source>
        <extracomment>The garments are sent to her address. Short.</extracomment>
        <translation>يُرسل إلى المنزل</translation>
    </message>
    <message>
        <source>With me now</source>
        <extracomment>She takes the garments along now. Short.</extracomment>
        <translation>آخذه معي الآن</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>From today</source>
        <translation>ابتداءً من اليوم</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>غدًا</translation>
    </message>
    <message>
        <source>From tomorrow</source>
        <translation>ابتداءً من الغد</translation>
    </message>
    <message>
        <source>On %1</source>
        <extracomment>%1 is a day, such as Thursday, 3 Dec: on this one, and from this one on.</extracomment>
        <translation>يوم %1</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>ابتداءً من %1</translation>
    </message>
    <message>
        <source>%1, %2 %3</source>
        <extracomment>%1 is the day of the week, %2 the day of the month, %3 the month: its short name, or its number in Arabic.</extracomment>
        <translation>%1 %2/%3</translation>
    </message>
    <message>
        <source>plus %1</source>
        <extracomment>%1 is what it costs.</extracomment>
        <translation>يضاف %1</translation>
    </message>
    <message>
        <source>at no charge</source>
        <translation>دون رسوم</translation>
    </message>
    <message>
        <source>if you order within %1 h %2 min</source>
        <extracomment>%1 hours and %2 minutes are left in which this day can be promised.</extracomment>
        <translation>عند الطلب خلال %1 س %2 د</translation>
    </message>
    <message>
        <source>if you order within %1 min</source>
        <translation>عند الطلب خلال %1 د</translation>
    </message>
</context>
<context>
    <name>FitFeedback</name>
    <message>
        <source>How does it feel?</source>
        <translation>كيف تشعر به؟</translation>
    </message>
    <message>
        <source>Where?</source>
        <translation>أين؟</translation>
    </message>
    <message>
        <source>Change</source>
        <extracomment>Takes back the rating of how a piece fits. Short.</extracomment>
        <translation>تغيير</translation>
    </message>
</context>
<context>
    <name>FitPage</name>
    <message>
        <source>Your height and weight</source>
        <translation>طولك ووزنك</translation>
    </message>
    <message>
        <source>A size that fits you</source>
        <translation>مقاس يناسبك</translation>
    </message>
    <message>
        <source>Think of a piece you like to wear: where is it from, and what is on its label?</source>
        <translation>فكّر في قطعة تحب ارتداءها: من أين هي، وماذا كُتب على ملصقها؟</translation>
    </message>
    <message>
        <source>So that we need not guess your size.</source>
        <translation>حتى لا نخمّن مقاسك.</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>الطول</translation>
    </message>
    <message>
        <source>%1 cm</source>
        <translation>%1 سم</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>الوزن</translation>
    </message>
    <message>
        <source>%1 lb</source>
        <translation>%1 رطل</translation>
    </message>
    <message>
        <source>%1 kg</source>
        <translation>%1 كغ</translation>
    </message>
    <message>
        <source>Label from</source>
        <extracomment>The country or house whose sizes are on the label.</extracomment>
        <translation>الملصق</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>المقاس</translation>
    </message>
    <message>
        <source>in centimetres and kilos</source>
        <translation>بالسنتيمتر والكيلو</translation>
    </message>
    <message>
        <source>in feet and pounds</source>
        <translation>بالقدم والرطل</translation>
    </message>
    <message>
        <source>Rather a size that fits me</source>
        <translation>أفضّل ذكر مقاس يناسبني</translation>
    </message>
    <message>
        <source>Rather height and weight</source>
        <translation>أفضّل الطول والوزن</translation>
    </message>
    <message>
        <source>Advise me</source>
        <translation>أرشدني</translation>
    </message>
    <message>
        <source>Asked once, written down nowhere, forgotten when you leave.</source>
        <translation>نسأل مرة واحدة، ولا ندوّن شيئًا، وننسى عند مغادرتك.</translation>
    </message>
    <message>
        <source>I would rather not say</source>
        <extracomment>Leaves a question without an answer.</extracomment>
        <translation>أفضّل ألا أقول</translation>
    </message>
</context>
<context>
    <name>FitTexts</name>
    <message>
        <source>just right</source>
        <extracomment>How a garment feels that was tried on. Short.</extracomment>
        <translation>مناسب تمامًا</translation>
    </message>
    <message>
        <source>a little tight</source>
        <translation>ضيّق قليلًا</translation>
    </message>
    <message>
        <source>a little loose</source>
        <translation>واسع قليلًا</translation>
    </message>
    <message>
        <source>shoulders</source>
        <extracomment>Where a garment feels tight or loose. Short.</extracomment>
        <translation>الكتفان</translation>
    </message>
    <message>
        <source>chest</source>
        <translation>الصدر</translation>
    </message>
    <message>
        <source>waist</source>
        <translation>الخصر</translation>
    </message>
    <message>
        <source>hips</source>
        <translation>الوركان</translation>
    </message>
    <message>
        <source>sleeves</source>
        <translation>الأكمام</translation>
    </message>
    <message>
        <source>length</source>
        <translation>الطول</translation>
    </message>
    <message>
        <source>width</source>
        <extracomment>The width of a shoe.</extracomment>
        <translation>العرض</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Back</source>
        <extracomment>Goes one page back. Short.</extracomment>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Just a mirror</source>
        <extracomment>Clears the screen, so that it is only a mirror. Short.</extracomment>
        <translation>مرآة فقط</translation>
    </message>
    <message>
        <source>Help</source>
        <extracomment>Opens the page where one can ask for help. Short.</extracomment>
        <translation>مساعدة</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Erase</source>
        <extracomment>Removes the last digit that was typed. Short.</extracomment>
        <translation>مسح</translation>
    </message>
</context>
<context>
    <name>LookPage</name>
    <message>
        <source>Goes with it</source>
        <translation>ينسجم معها</translation>
    </message>
    <message>
        <source>One moment, we are looking through the house.</source>
        <translation>لحظة، نبحث لك في الدار.</translation>
    </message>
    <message>
        <source>Nothing more to suggest just now. Ask us; we like to look with you.</source>
        <translation>لا اقتراحات أخرى الآن. اسألنا؛ يسعدنا أن نبحث معك.</translation>
    </message>
    <message>
        <source>Show others</source>
        <extracomment>Shows the next three suggestions.</extracomment>
        <translation>عرض غيرها</translation>
    </message>
</context>
<context>
    <name>LookRow</name>
    <message>
        <source>Asked for</source>
        <translation>طُلبت</translation>
    </message>
    <message>
        <source>Not this</source>
        <extracomment>Takes a suggestion away. Short.</extracomment>
        <translation>ليس هذا</translation>
    </message>
</context>
<context>
    <name>LookTexts</name>
    <message numerus="yes">
        <source>%n have taken it along with the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>
            <numerusform>لم يأخذها أحد بعد مع %1</numerusform>
            <numerusform>أخذها شخص واحد مع %1</numerusform>
            <numerusform>أخذها شخصان مع %1</numerusform>
            <numerusform>أخذها %n أشخاص مع %1</numerusform>
            <numerusform>أخذها %n شخصًا مع %1</numerusform>
            <numerusform>أخذها %n شخص مع %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Often taken along with the %1</source>
        <translation>كثيرًا ما تؤخذ مع %1</translation>
    </message>
    <message>
        <source>The same cloth: %1</source>
        <extracomment>%1 is a material or a garment of that material.</extracomment>
        <translation>القماش نفسه: %1</translation>
    </message>
    <message>
        <source>Completes the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>تُكمل %1</translation>
    </message>
    <message>
        <source>Completes the look</source>
        <translation>تُكمل الإطلالة</translation>
    </message>
    <message>
        <source>Chosen by %1</source>
        <extracomment>%1 is a stylist&apos;s first name.</extracomment>
        <translation>من اختيار %1</translation>
    </message>
    <message>
        <source>New this week</source>
        <translation>جديد هذا الأسبوع</translation>
    </message>
    <message>
        <source>Much loved this season</source>
        <translation>محبوبة هذا الموسم</translation>
    </message>
    <message>
        <source>Goes with the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>تنسجم مع %1</translation>
    </message>
    <message>
        <source>Goes with your pieces</source>
        <translation>تنسجم مع قطعك</translation>
    </message>
    <message>
        <source>often together</source>
        <extracomment>Two pieces that others have often taken together. Short.</extracomment>
        <translation>كثيرًا ما يجتمعان</translation>
    </message>
    <message>
        <source>the same cloth</source>
        <translation>القماش نفسه</translation>
    </message>
    <message>
        <source>completes the look</source>
        <translation>تُكمل الإطلالة</translation>
    </message>
    <message>
        <source>chosen by %1</source>
        <translation>من اختيار %1</translation>
    </message>
    <message>
        <source>new this week</source>
        <translation>جديد</translation>
    </message>
    <message>
        <source>much loved</source>
        <translation>محبوبة</translation>
    </message>
    <message>
        <source>goes along</source>
        <translation>منسجمة</translation>
    </message>
</context>
<context>
    <name>MessagePiece</name>
    <message>
        <source>Asked for</source>
        <translation>طُلبت</translation>
    </message>
</context>
<context>
    <name>OfferActions</name>
    <message>
        <source>Bring me %1</source>
        <extracomment>Asks an associate to bring the garment in size %1.</extracomment>
        <translation>أحضروا لي %1</translation>
    </message>
    <message>
        <source>Bring me %1 and %2</source>
        <extracomment>Asks an associate to bring the garment in two sizes, since either may fit. Short.</extracomment>
        <translation>أحضروا لي %1 و%2</translation>
    </message>
    <message>
        <source>Bring it to me</source>
        <translation>أحضروه لي</translation>
    </message>
    <message>
        <source>See where it is</source>
        <translation>أين هي الآن</translation>
    </message>
    <message>
        <source>Ask us about it</source>
        <translation>اسألنا عنها</translation>
    </message>
    <message>
        <source>You have asked for it.</source>
        <translation>لقد طلبتها.</translation>
    </message>
    <message>
        <source>This one hangs with you.</source>
        <translation>هذه القطعة عندك.</translation>
    </message>
    <message>
        <source>See your basket</source>
        <translation>عرض اختياراتك</translation>
    </message>
    <message>
        <source>See it in %1</source>
        <extracomment>Shows the garment in the colour %1.</extracomment>
        <translation>شاهده باللون %1</translation>
    </message>
    <message>
        <source>We change it for the one you paid, at no charge.</source>
        <extracomment>Another size of a garment that the shopper has paid already in this visit.</extracomment>
        <translation>نبدّلها بالتي دفعت ثمنها، دون تكلفة.</translation>
    </message>
    <message>
        <source>Touch your size, and we bring it.</source>
        <extracomment>No size is chosen yet; the sizes are above.</extracomment>
        <translation>المس مقاسك، ونحن نحضره.</translation>
    </message>
    <message>
        <source>%1 is in the house. Nobody is signed in at the rooms just now; whoever comes sees your call first.</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>المقاس %1 متوفر هنا. لا أحد عند غرف القياس الآن؛ ومن يأتي يرى نداءك أولًا.</translation>
    </message>
    <message>
        <source>%1 hangs in %2. We can have it sent or put aside for you.</source>
        <extracomment>%1 is a size, %2 another shop&apos;s town.</extracomment>
        <translation>المقاس %1 في %2. يمكننا إرساله أو حجزه لك.</translation>
    </message>
    <message>
        <source>%1 is sold out in this colour. In %2 it is here.</source>
        <extracomment>%1 is a size, %2 a colour.</extracomment>
        <translation>نفد المقاس %1 بهذا اللون. وهو متوفر هنا باللون %2.</translation>
    </message>
    <message>
        <source>This one is on its way to us. We can put it aside for you.</source>
        <translation>هذه القطعة في طريقها إلينا. يمكننا حجزها لك.</translation>
    </message>
    <message>
        <source>Not to be had in this size and colour at the moment.</source>
        <translation>غير متوفر حاليًا بهذا المقاس واللون.</translation>
    </message>
    <message>
        <source>Take it out again</source>
        <extracomment>Takes the garment out of the basket.</extracomment>
        <translation>إخراجها من السلة</translation>
    </message>
    <message>
        <source>All sizes and colours</source>
        <translation>كل المقاسات والألوان</translation>
    </message>
    <message>
        <source>Have it pinned on me</source>
        <extracomment>Asks for an alteration: a tailor pins the garment on the shopper.</extracomment>
        <translation>اضبطوه عليّ</translation>
    </message>
    <message>
        <source>Leave it at the door</source>
        <extracomment>The associate leaves the garment outside the fitting room.</extracomment>
        <translation>اتركوها عند الباب</translation>
    </message>
</context>
<context>
    <name>PairingPage</name>
    <message>
        <source>This mirror takes a short break</source>
        <translation>هذه المرآة في استراحة قصيرة</translation>
    </message>
    <message>
        <source>Connect this mirror</source>
        <translation>توصيل هذه المرآة</translation>
    </message>
    <message>
        <source>Please ask one of us. It stays a mirror all the while.</source>
        <translation>من فضلك اسأل أحدنا. وتبقى مرآةً في هذه الأثناء.</translation>
    </message>
    <message>
        <source>For our team</source>
        <extracomment>Opens the page for technicians.</extracomment>
        <translation>لفريقنا</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>Leaves the page for technicians. Short.</extracomment>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>PairingTexts</name>
    <message>
        <source>This mirror does not know its store yet.</source>
        <translation>لا تعرف هذه المرآة متجرها بعد.</translation>
    </message>
    <message>
        <source>The store does not know this mirror any more: its access was ended, or another mirror has this room.</source>
        <translation>لم يعد المتجر يعرف هذه المرآة: أُلغي وصولها أو خُصصت الغرفة لمرآة أخرى.</translation>
    </message>
    <message>
        <source>What answers at the store&apos;s address cannot prove that it is your store, so this mirror sends nothing to it. If the store was not set up anew, call your technician: somebody may be on the network.</source>
        <translation>ما يردّ على عنوان المتجر لا يستطيع إثبات أنه متجركم، لذلك لا ترسل إليه هذه المرآة شيئًا. إن لم يُعَد تثبيت المتجر فاتصلوا بالفني: قد يكون أحد ما على الشبكة.</translation>
    </message>
    <message>
        <source>On the team&apos;s page, a manager opens “Devices”, chooses room %1 and shows a code. Enter it here within two minutes.</source>
        <extracomment>%1 is the name of the fitting room. “Devices” is the name of the tab on the associates&apos; page.</extracomment>
        <translation>في صفحة الفريق يفتح المدير «الأجهزة» ويختار الغرفة %1 ويعرض رمزًا. أدخله هنا خلال دقيقتين.</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>لحظة من فضلك…</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>تم التوصيل.</translation>
    </message>
    <message>
        <source>This code is not right, or somebody is between mirror and store. Show a new one and try once more.</source>
        <translation>الرمز غير صحيح، أو أن أحدًا بين المرآة والمتجر. اعرضوا رمزًا جديدًا وحاولوا مرة أخرى.</translation>
    </message>
    <message>
        <source>No code is open for room %1. Show a new one.</source>
        <translation>لا يوجد رمز مفتوح للغرفة %1. اعرضوا رمزًا جديدًا.</translation>
    </message>
    <message>
        <source>The store does not answer. Is it running, and is this mirror on its network?</source>
        <translation>المتجر لا يردّ. هل هو يعمل، وهل هذه المرآة على شبكته؟</translation>
    </message>
    <message>
        <source>The store did not accept this. Show a new code and try again.</source>
        <translation>لم يقبل المتجر ذلك. اعرضوا رمزًا جديدًا وحاولوا مرة أخرى.</translation>
    </message>
    <message>
        <source>This computer could not save it. Call your technician.</source>
        <translation>تعذّر الحفظ على هذا الجهاز. اتصلوا بالفني.</translation>
    </message>
</context>
<context>
    <name>PayPage</name>
    <message>
        <source>Not this way</source>
        <translation>ليس هكذا</translation>
    </message>
</context>
<context>
    <name>PaymentTexts</name>
    <message>
        <source>Adding it up</source>
        <translation>نحسب المجموع</translation>
    </message>
    <message>
        <source>Shall we?</source>
        <translation>هل نبدأ؟</translation>
    </message>
    <message>
        <source>Pay with %1?</source>
        <extracomment>%1 is how the stored means of payment is named, such as a card&apos;s last digits.</extracomment>
        <translation>الدفع بـ %1؟</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>لحظة من فضلك</translation>
    </message>
    <message>
        <source>Waking the terminal</source>
        <translation>نوقظ جهاز الدفع</translation>
    </message>
    <message>
        <source>Hold your card, phone or ring here</source>
        <translation>قرّب بطاقتك أو هاتفك أو خاتمك هنا</translation>
    </message>
    <message>
        <source>One of us takes your payment</source>
        <translation>يتولى أحدنا استلام الدفعة</translation>
    </message>
    <message>
        <source>A moment, please</source>
        <translation>لحظة من فضلك</translation>
    </message>
    <message>
        <source>We are asking the terminal</source>
        <translation>نسأل جهاز الدفع</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>شكرًا لك</translation>
    </message>
    <message>
        <source>That did not go through</source>
        <translation>لم تتم العملية</translation>
    </message>
    <message>
        <source>You get it back</source>
        <translation>سيعود المبلغ إليك</translation>
    </message>
    <message>
        <source>It was given back</source>
        <translation>تم ردّ المبلغ</translation>
    </message>
    <message>
        <source>Not to be paid here just now</source>
        <translation>لا يمكن الدفع هنا الآن</translation>
    </message>
    <message>
        <source>Paying is resting for a moment</source>
        <translation>الدفع متوقف للحظة قصيرة</translation>
    </message>
    <message>
        <source>Let us look at it together</source>
        <translation>لننظر في الأمر معًا</translation>
    </message>
    <message>
        <source>%1 before tax</source>
        <translation>%1 قبل الضريبة</translation>
    </message>
    <message>
        <source>plus %1 tax: %2</source>
        <extracomment>%1 is the rate, such as 19 %, %2 the amount of the tax.</extracomment>
        <translation>زائد ضريبة %1: %2</translation>
    </message>
    <message>
        <source>incl. %1 VAT: %2</source>
        <translation>شاملة ضريبة %1: %2</translation>
    </message>
    <message>
        <source>The terminal is being made ready for you.</source>
        <translation>يجري تجهيز الجهاز.</translation>
    </message>
    <message>
        <source>Only a part of it went through, so it is being given back. There is nothing for you to do.</source>
        <translation>مرّ جزء فقط، لذلك يُردّ. لا يلزم فعل شيء.</translation>
    </message>
    <message>
        <source>Your card was charged after it was stopped, so it is being given back. There is nothing for you to do.</source>
        <translation>خُصم من بطاقتك بعد الإيقاف، لذلك يُردّ المبلغ. لا يلزم فعل شيء.</translation>
    </message>
    <message>
        <source>Nothing stays charged. It may take your bank a few days to show it.</source>
        <translation>لن يبقى أي خصم. قد يستغرق ظهوره في مصرفك أيامًا قليلة.</translation>
    </message>
    <message>
        <source>The price has changed since. This is the total now.</source>
        <translation>تغيّر السعر منذ ذلك الحين. هذا هو المجموع الآن.</translation>
    </message>
    <message>
        <source>Your ring was recognised.</source>
        <translation>تعرّفنا على خاتمك.</translation>
    </message>
    <message>
        <source>to the left of the mirror, at the small light</source>
        <translation>إلى يسار المرآة، عند الضوء الصغير</translation>
    </message>
    <message>
        <source>below the mirror, at the small light</source>
        <translation>أسفل المرآة، عند الضوء الصغير</translation>
    </message>
    <message>
        <source>to the right of the mirror, at the small light</source>
        <translation>إلى يمين المرآة، عند الضوء الصغير</translation>
    </message>
    <message>
        <source>With our own terminal. A moment, please: someone is coming to you.</source>
        <translation>بجهازنا الخاص. لحظة من فضلك، أحدنا قادم إليك.</translation>
    </message>
    <message>
        <source>Its answer did not arrive. You will not be charged twice.</source>
        <translation>لم يصل ردّه. لن يُخصم المبلغ مرتين.</translation>
    </message>
    <message>
        <source>We could not learn whether it went through. Nothing is charged twice; we settle it together.</source>
        <translation>لم نتمكن من معرفة إن تم الدفع. لا يُخصم شيء مرتين؛ ونسوّي الأمر معًا.</translation>
    </message>
    <message>
        <source>Your pieces stay as they are. Call us, or pay at the desk.</source>
        <translation>تبقى قطعك كما هي. نادِنا، أو ادفع عند الصندوق.</translation>
    </message>
    <message>
        <source>Yes, pay %1</source>
        <extracomment>Confirms the payment of %1.</extracomment>
        <translation>نعم، ادفع %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>حاول مجددًا</translation>
    </message>
    <message>
        <source>Call someone</source>
        <translation>نادِ أحدنا</translation>
    </message>
    <message>
        <source>Pay by card or phone</source>
        <translation>الدفع بالبطاقة أو الهاتف</translation>
    </message>
    <message>
        <source>Your ring or card was read.</source>
        <extracomment>A ring or card of the house was laid on the reader to pay; it is being checked.</extracomment>
        <translation>تمت قراءة خاتمك أو بطاقتك.</translation>
    </message>
    <message>
        <source>Or lay your ring or house card on the reader: that pays with %1.</source>
        <translation>أو ضع خاتمك أو بطاقة الدار على القارئ: بذلك تدفع بـ %1.</translation>
    </message>
    <message>
        <source>Nothing was charged. Try again, or pay another way.</source>
        <translation>لم يُخصم شيء. حاول مجددًا، أو ادفع بطريقة أخرى.</translation>
    </message>
    <message>
        <source>No card was held to it, and nothing was charged.</source>
        <translation>لم تُقرَّب بطاقة، ولم يُخصم شيء.</translation>
    </message>
    <message>
        <source>Stopped as you wished. Nothing was charged.</source>
        <translation>أُوقف كما أردت. لم يُخصم شيء.</translation>
    </message>
    <message>
        <source>Above what this ring may pay today. Pay by card, please.</source>
        <translation>المبلغ يتجاوز ما يمكن لهذا الخاتم دفعه اليوم. ادفع بالبطاقة من فضلك.</translation>
    </message>
    <message>
        <source>These pieces are being paid for at the desk.</source>
        <translation>يجري الآن دفع ثمن هذه القطع عند الصندوق.</translation>
    </message>
    <message>
        <source>The terminal is in use, and nothing was charged. Try again in a moment.</source>
        <translation>الجهاز قيد الاستخدام ولم يُخصم شيء. تمكن المحاولة بعد لحظة.</translation>
    </message>
    <message>
        <source>That took too long, so nothing was charged. Try again, please.</source>
        <translation>استغرق ذلك وقتًا طويلًا فلم يُخصم شيء. تمكن المحاولة مرة أخرى.</translation>
    </message>
    <message>
        <source>One of these pieces is paid for already. Nothing was charged.</source>
        <translation>إحدى هذه القطع مدفوعة بالفعل. لم يُخصم شيء.</translation>
    </message>
    <message>
        <source>Not here just now, and nothing was charged. Pay at the desk, please.</source>
        <translation>غير ممكن هنا الآن ولم يُخصم شيء. الدفع عند الصندوق من فضلك.</translation>
    </message>
    <message>
        <source>Nothing was charged, and your pieces stay as they are. Call us, and one of us looks after it with you.</source>
        <translation>لم يُخصم شيء، وتبقى قطعك كما هي. نادِنا، وسيعتني أحدنا بالأمر معك.</translation>
    </message>
    <message>
        <source>The card was not accepted and nothing was charged. Another card, or once more?</source>
        <translation>لم تُقبل البطاقة ولم يُخصم شيء. بطاقة أخرى، أم مرة ثانية؟</translation>
    </message>
</context>
<context>
    <name>PictureSteps</name>
    <message>
        <source>Next picture</source>
        <extracomment>Shows the next picture of the garment.</extracomment>
        <translation>الصورة التالية</translation>
    </message>
</context>
<context>
    <name>PieceCell</name>
    <message>
        <source>New to us</source>
        <extracomment>A garment that is not in the catalogue.</extracomment>
        <translation>جديدة علينا</translation>
    </message>
    <message>
        <source>yours</source>
        <extracomment>At a piece that has been paid; and at one of which another size is advised (%1).</extracomment>
        <translation>صارت لك</translation>
    </message>
    <message>
        <source>try %1</source>
        <translation>جرّب %1</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>Not mine</source>
        <translation>لا</translation>
    </message>
</context>
<context>
    <name>PreparedCell</name>
    <message>
        <source>Asked for</source>
        <translation>طُلبت</translation>
    </message>
</context>
<context>
    <name>PreparedTexts</name>
    <message>
        <source>Everything is with you.</source>
        <extracomment>Every piece that was prepared for the shopper hangs in her room by now.</extracomment>
        <translation>كل شيء معك الآن.</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <extracomment>Over the pieces that %1, an associate, has chosen for the shopper before she came. Short.</extracomment>
        <translation>بانتظارك</translation>
    </message>
    <message>
        <source>Waiting for you, chosen by %1</source>
        <translation>بانتظارك، من اختيار %1</translation>
    </message>
    <message>
        <source>Look %1</source>
        <extracomment>Pieces of one number are to be worn together. Short.</extracomment>
        <translation>الإطلالة %1</translation>
    </message>
    <message>
        <source>Here for you</source>
        <extracomment>An associate has fetched the piece and keeps it near the fitting rooms.</extracomment>
        <translation>جاهزة لك</translation>
    </message>
    <message>
        <source>On the floor</source>
        <extracomment>The piece hangs on the sales floor. %1 is the name of its rail.</extracomment>
        <translation>في صالة العرض</translation>
    </message>
    <message>
        <source>Hangs at: %1</source>
        <translation>معلّقة عند: %1</translation>
    </message>
    <message>
        <source>We bring it to you</source>
        <extracomment>The piece is in the stockroom; an associate brings it.</extracomment>
        <translation>نُحضرها إليك</translation>
    </message>
    <message>
        <source>Just gone; ask us</source>
        <extracomment>The piece that was chosen is not in this shop any more.</extracomment>
        <translation>نفدت للتو؛ اسألنا</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>Your receipt is being printed.</source>
        <translation>تتم طباعة إيصالك.</translation>
    </message>
    <message>
        <source>Here is your receipt, on paper.</source>
        <translation>إليك إيصالك على الورق.</translation>
    </message>
    <message>
        <source>The printer does not answer just now. With this number we are glad to give it to you at the desk.</source>
        <translation>الطابعة لا تستجيب الآن. بهذا الرقم يسعدنا تسليمه إليك عند الصندوق.</translation>
    </message>
    <message>
        <source>With this number we are glad to give it to you at the desk.</source>
        <translation>بهذا الرقم يسعدنا تسليمه إليك عند الصندوق.</translation>
    </message>
    <message>
        <source>Thank you, %1</source>
        <translation>شكرًا لك، %1</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>شكرًا لك</translation>
    </message>
    <message>
        <source>%1 is paid, and the pieces are yours.</source>
        <translation>تم دفع %1، والقطع صارت لك.</translation>
    </message>
    <message>
        <source>Your receipt, to take along</source>
        <translation>إيصالك لتأخذه معك</translation>
    </message>
    <message>
        <source>Your receipt</source>
        <translation>إيصالك</translation>
    </message>
    <message>
        <source>Print my receipt</source>
        <translation>اطبع إيصالي</translation>
    </message>
    <message>
        <source>Print it once more</source>
        <translation>اطبعه مرة أخرى</translation>
    </message>
    <message>
        <source>Finish and forget me</source>
        <extracomment>Ends the visit; the mirror forgets everything of it.</extracomment>
        <translation>إنهاء ونسياني</translation>
    </message>
</context>
<context>
    <name>RequestPage</name>
    <message>
        <source>Asked for</source>
        <extracomment>Over the list of what the shopper has asked for.</extracomment>
        <translation>ما طلبته</translation>
    </message>
    <message>
        <source>Nothing is asked for at the moment.</source>
        <translation>لا طلبات في الوقت الحالي.</translation>
    </message>
</context>
<context>
    <name>RequestRow</name>
    <message>
        <source>It will be left at the door.</source>
        <translation>ستُترك عند الباب.</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <extracomment>Takes a request back.</extracomment>
        <translation>لم أعد أحتاجه</translation>
    </message>
</context>
<context>
    <name>RequestTexts</name>
    <message>
        <source>Being sent</source>
        <translation>يُرسل الآن</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>لم يُرسل بعد</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>وصل طلبك</translation>
    </message>
    <message>
        <source>We are finding someone</source>
        <translation>ما زلنا نبحث عن أحد</translation>
    </message>
    <message>
        <source>%1 asks you to come out</source>
        <extracomment>%1 is an associate&apos;s first name, who waits outside the fitting room. Nothing is brought.</extracomment>
        <translation>%1 بانتظارك في الخارج</translation>
    </message>
    <message>
        <source>%1 is coming</source>
        <translation>‏%1 في الطريق</translation>
    </message>
    <message>
        <source>%1 is bringing it</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>‏%1 يُحضرها</translation>
    </message>
    <message>
        <source>%1 is at the door</source>
        <translation>‏%1 عند الباب</translation>
    </message>
    <message>
        <source>At your door</source>
        <translation>عند بابك</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>%1 is sorry</source>
        <translation>‏%1 يعتذر</translation>
    </message>
    <message>
        <source>We are sorry</source>
        <translation>نعتذر منك</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>أُلغي</translation>
    </message>
    <message>
        <source>The shop cannot be reached; it goes out by itself as soon as it can.</source>
        <translation>لا يمكن الوصول إلى المتجر؛ سيُرسل من تلقاء نفسه حالما أمكن.</translation>
    </message>
    <message numerus="yes">
        <source>Waiting for %n minutes; you are not forgotten.</source>
        <translation>
            <numerusform>لم ننسك.</numerusform>
            <numerusform>منذ دقيقة؛ لم ننسك.</numerusform>
            <numerusform>منذ دقيقتين؛ لم ننسك.</numerusform>
            <numerusform>منذ %n دقائق؛ لم ننسك.</numerusform>
            <numerusform>منذ %n دقيقة؛ لم ننسك.</numerusform>
            <numerusform>منذ %n دقيقة؛ لم ننسك.</numerusform>
        </translation>
    </message>
    <message>
        <source>The team has it and answers by name.</source>
        <translation>الفريق استلمه وسيردّ عليك بالاسم.</translation>
    </message>
    <message numerus="yes">
        <source>About %n minutes</source>
        <translation>
            <numerusform>حالًا</numerusform>
            <numerusform>نحو دقيقة</numerusform>
            <numerusform>نحو دقيقتين</numerusform>
            <numerusform>نحو %n دقائق</numerusform>
            <numerusform>نحو %n دقيقة</numerusform>
            <numerusform>نحو %n دقيقة</numerusform>
        </translation>
    </message>
    <message>
        <source>None of us is free just now. Your wish stays open, and we go on asking.</source>
        <translation>لا أحد منّا متفرّغ الآن. طلبك باقٍ، ونواصل البحث عمّن يأتي.</translation>
    </message>
    <message>
        <source>%1, who runs the shop, is being asked now.</source>
        <extracomment>%1 is the manager&apos;s first name.</extracomment>
        <translation>نسأل الآن %1 من إدارة المتجر.</translation>
    </message>
    <message>
        <source>%1 is being asked now.</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>نسأل الآن %1.</translation>
    </message>
    <message>
        <source>%1 could not come after all; all of us see it again.</source>
        <extracomment>%1 is an associate&apos;s first name, who had said yes before.</extracomment>
        <translation>تعذّر على %1 الحضور؛ والطلب ظاهر لنا جميعًا من جديد.</translation>
    </message>
    <message numerus="yes">
        <source>Nobody has a hand free yet; it usually takes %n minutes.</source>
        <translation>
            <numerusform>لم يتفرّغ أحد بعد؛ يستغرق الأمر عادةً أقلّ من دقيقة.</numerusform>
            <numerusform>لم يتفرّغ أحد بعد؛ يستغرق الأمر عادةً دقيقة واحدة.</numerusform>
            <numerusform>لم يتفرّغ أحد بعد؛ يستغرق الأمر عادةً دقيقتين.</numerusform>
            <numerusform>لم يتفرّغ أحد بعد؛ يستغرق الأمر عادةً %n دقائق.</numerusform>
            <numerusform>لم يتفرّغ أحد بعد؛ يستغرق الأمر عادةً %n دقيقة.</numerusform>
            <numerusform>لم يتفرّغ أحد بعد؛ يستغرق الأمر عادةً %n دقيقة.</numerusform>
        </translation>
    </message>
    <message>
        <source>It hangs out in the shop: you are welcome to come out and take it.</source>
        <translation>القطعة معلّقة في المتجر: أهلًا بك إن شئت الخروج لأخذها.</translation>
    </message>
    <message>
        <source>It is in our stockroom: at the desk we fetch it for you.</source>
        <translation>القطعة في مخزننا: نُحضرها لك عند المكتب.</translation>
    </message>
    <message>
        <source>You are welcome to come out to the desk.</source>
        <translation>أهلًا بك عند المكتب إن شئت الخروج.</translation>
    </message>
    <message>
        <source>On the way to you</source>
        <translation>في الطريق إليك</translation>
    </message>
    <message>
        <source>The last one has just been sold.</source>
        <translation>بيعت القطعة الأخيرة للتو.</translation>
    </message>
    <message>
        <source>It is here in another colour.</source>
        <translation>متوفرة هنا بلون آخر.</translation>
    </message>
    <message>
        <source>Come out for a moment, please, and we look together.</source>
        <translation>تفضل بالخروج لحظة لنرى معًا.</translation>
    </message>
</context>
<context>
    <name>ServiceRow</name>
    <message>
        <source>for a look, a size, an opinion</source>
        <translation>لنظرة أو مقاس أو رأي</translation>
    </message>
    <message>
        <source>we pin it here, on you</source>
        <translation>نضبطه هنا، وأنت ترتديه</translation>
    </message>
    <message>
        <source>water, coffee or tea</source>
        <translation>ماء أو قهوة أو شاي</translation>
    </message>
</context>
<context>
    <name>SharedTexts</name>
    <message>
        <source>I&apos;d like all of them</source>
        <extracomment>Puts all garments in the room into the basket. Short.</extracomment>
        <translation>أريدها كلها</translation>
    </message>
    <message>
        <source>Back to the pieces</source>
        <extracomment>Goes to the page with all garments in the room. Short.</extracomment>
        <translation>العودة إلى القطع</translation>
    </message>
    <message>
        <source>In your basket</source>
        <extracomment>At a garment: a touch puts it into the basket; and it is in the basket. Short.</extracomment>
        <translation>في سلتك</translation>
    </message>
    <message>
        <source>I&apos;d like this one</source>
        <translation>أريد هذه</translation>
    </message>
    <message>
        <source>This one is yours.</source>
        <translation>هذه القطعة لك.</translation>
    </message>
    <message>
        <source>This one is paid for already.</source>
        <translation>هذه القطعة مدفوعة بالفعل.</translation>
    </message>
    <message>
        <source>We do not know this piece yet. Ask us about it.</source>
        <translation>لا نعرف هذه القطعة بعد. اسألنا عنها.</translation>
    </message>
    <message>
        <source>Is this yours?</source>
        <translation>هل هذه لك؟</translation>
    </message>
    <message>
        <source>Its price is not here yet. We are glad to look it up.</source>
        <translation>سعرها غير متوفر هنا بعد. يسعدنا أن نبحث عنه.</translation>
    </message>
    <message>
        <source>Lowest price of the last 30 days: %1</source>
        <extracomment>Stated where a price is reduced, as the law of the EU asks for it; %1 is that price.</extracomment>
        <translation>أدنى سعر خلال آخر 30 يومًا: %1</translation>
    </message>
    <message>
        <source>before %1</source>
        <extracomment>%1 is the price before a sale; it stands beside the present price. Short.</extracomment>
        <translation>قبل التخفيض %1</translation>
    </message>
    <message>
        <source>Show others (%1 to %2 of %3)</source>
        <extracomment>Shows other garments of a long list; those of the numbers %1 to %2 of %3 are shown. Short.</extracomment>
        <translation>عرض غيرها (من %1 إلى %2 من أصل %3)</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <extracomment>%1 are names of garments; %n more are paid for too.</extracomment>
        <translation>
            <numerusform>%1 و%n أخرى</numerusform>
            <numerusform>%1 وقطعة أخرى</numerusform>
            <numerusform>%1 وقطعتان أخريان</numerusform>
            <numerusform>%1 و%n قطع أخرى</numerusform>
            <numerusform>%1 و%n قطعة أخرى</numerusform>
            <numerusform>%1 و%n قطعة أخرى</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <extracomment>Between the garments of an order.</extracomment>
        <translation>، </translation>
    </message>
    <message>
        <source>Just a mirror for a moment. Help still works.</source>
        <extracomment>The shop&apos;s computer cannot be reached.</extracomment>
        <translation>مرآة فقط للحظة. وزر المساعدة ما زال يعمل.</translation>
    </message>
    <message>
        <source>New pieces are not recognised just now. What is here stays here.</source>
        <extracomment>The reader that recognises garments is away.</extracomment>
        <translation>لا نتعرف على القطع الجديدة الآن. ما هو هنا يبقى هنا.</translation>
    </message>
    <message>
        <source>That was a little short. Hold it there a moment longer.</source>
        <translation>كان ذلك قصيرًا قليلًا. أبقِه لحظة أطول.</translation>
    </message>
    <message>
        <source>That is a bank card; it is only read by the terminal. Nothing was taken from it.</source>
        <extracomment>A bank card was held to our own reader, which does not read those.</extracomment>
        <translation>هذه بطاقة مصرفية؛ لا يقرؤها إلا جهاز الدفع. لم يُخصم منها شيء.</translation>
    </message>
    <message>
        <source>It could not be read. Once more, please, and lay it flat.</source>
        <translation>تعذّرت القراءة. مرة أخرى من فضلك، وضعها مسطحة.</translation>
    </message>
    <message>
        <source>We do not know this card yet. Everything works without it.</source>
        <translation>لا نعرف هذه البطاقة بعد. كل شيء يعمل من دونها.</translation>
    </message>
    <message>
        <source>This one cannot pay here. A bank card or your phone can.</source>
        <extracomment>A known ring or member card, laid on the reader to pay; it has no means of payment or cannot prove whose it is.</extracomment>
        <translation>لا يمكن الدفع بهذه هنا. يمكن ذلك ببطاقة بنكية أو بهاتفك.</translation>
    </message>
    <message>
        <source>We cannot find this piece in our house. We are glad to help.</source>
        <extracomment>A garment&apos;s label was scanned that this house does not sell.</extracomment>
        <translation>لم نجد هذه القطعة لدينا. يسعدنا أن نساعدك.</translation>
    </message>
    <message>
        <source>Your voucher counts in the basket.</source>
        <extracomment>The code of a voucher was scanned.</extracomment>
        <translation>قسيمتك محتسبة في السلة.</translation>
    </message>
    <message>
        <source>This voucher does not count just now. We are glad to help.</source>
        <extracomment>The code of a voucher was scanned that has ended, or has not begun.</extracomment>
        <translation>هذه القسيمة غير سارية الآن. يسعدنا أن نساعدك.</translation>
    </message>
    <message numerus="yes">
        <source>%1 is on the floor, about %n minutes</source>
        <extracomment>%1 is an associate&apos;s first name. %n minutes is how long it usually takes.</extracomment>
        <translation>
            <numerusform>‏%1 في المعرض، حالًا</numerusform>
            <numerusform>‏%1 في المعرض، نحو دقيقة</numerusform>
            <numerusform>‏%1 في المعرض، نحو دقيقتين</numerusform>
            <numerusform>‏%1 في المعرض، نحو %n دقائق</numerusform>
            <numerusform>‏%1 في المعرض، نحو %n دقيقة</numerusform>
            <numerusform>‏%1 في المعرض، نحو %n دقيقة</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is on the floor</source>
        <translation>‏%1 في المعرض</translation>
    </message>
    <message>
        <source>Someone to help</source>
        <translation>من يساعدني</translation>
    </message>
    <message>
        <source>An alteration</source>
        <translation>تعديل</translation>
    </message>
    <message>
        <source>A drink</source>
        <translation>مشروب</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>A garment and the size asked for.</extracomment>
        <translation>‏%1، %2</translation>
    </message>
</context>
<context>
    <name>SizeAdvice</name>
    <message>
        <source>May we ask one thing?</source>
        <translation>هل لنا بسؤال واحد؟</translation>
    </message>
</context>
<context>
    <name>SizeRow</name>
    <message>
        <source>advised</source>
        <extracomment>Beside the size that we advise; and beside the other one that may fit. Short.</extracomment>
        <translation>ننصح به</translation>
    </message>
    <message>
        <source>also</source>
        <translation>أيضًا</translation>
    </message>
</context>
<context>
    <name>SizeTexts</name>
    <message>
        <source>%1 it is</source>
        <extracomment>%1 is the size that the shopper finds just right.</extracomment>
        <translation>إذن %1</translation>
    </message>
    <message>
        <source>We take it up for you</source>
        <extracomment>A tailor shortens the garment.</extracomment>
        <translation>نقصّره لك</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <extracomment>%1 is the shopper&apos;s size, %2 the colour in which the garment is there.</extracomment>
        <translation>%1، باللون %2</translation>
    </message>
    <message>
        <source>%1 is gone just now</source>
        <translation>المقاس %1 غير متوفر الآن</translation>
    </message>
    <message>
        <source>We find a way</source>
        <translation>سنجد حلًّا</translation>
    </message>
    <message>
        <source>Your size here is still open</source>
        <translation>مقاسك هنا لم يتحدد بعد</translation>
    </message>
    <message>
        <source>%1 or %2?</source>
        <extracomment>%1 and %2 are sizes.</extracomment>
        <translation>%1 أم %2؟</translation>
    </message>
    <message>
        <source>Between %1 and %2, take %3</source>
        <extracomment>%1 and %2 are sizes, %3 the one of them to try first.</extracomment>
        <translation>بين %1 و%2، اختر %3</translation>
    </message>
    <message>
        <source>Take %1</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>اختر %1</translation>
    </message>
    <message>
        <source>Perhaps %1</source>
        <extracomment>%1 is a size; we are not certain of it.</extracomment>
        <translation>ربما %1</translation>
    </message>
    <message>
        <source>%1 sits easier here</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>‏%1 أريح هنا</translation>
    </message>
    <message>
        <source>%1 sits closer here</source>
        <translation>‏%1 أضبط هنا</translation>
    </message>
    <message>
        <source>%1 is your size here</source>
        <translation>‏%1 مقاسك هنا</translation>
    </message>
    <message>
        <source>%1 is sold out in this colour. In %2 it is here.</source>
        <extracomment>%1 is a size that would fit, %2 a colour.</extracomment>
        <translation>نفد المقاس %1 بهذا اللون. وهو متوفر هنا باللون %2.</translation>
    </message>
    <message>
        <source>%1 would be your size, and it is sold out. We are glad to look with you.</source>
        <extracomment>%1 is a size that would fit.</extracomment>
        <translation>المقاس %1 هو الأنسب لك، لكنه نفد. يسعدنا أن نبحث معك.</translation>
    </message>
    <message>
        <source>Two hints point to different sizes. Try both; we bring the other one.</source>
        <translation>إشارتان تدلان على مقاسين مختلفين. جرّب الاثنين؛ ونحضر لك الآخر.</translation>
    </message>
    <message>
        <source>Two hints point to different sizes. Trying it on will tell.</source>
        <translation>تشير دلالتان إلى مقاسين مختلفين. القياس سيخبرنا.</translation>
    </message>
    <message>
        <source>Here we know too little to be sure. Trying it on will tell; we bring the next size at once.</source>
        <translation>ما نعرفه هنا قليل ولا يكفي للتأكد. التجربة ستُبيّن؛ ونحضر لك المقاس التالي فورًا.</translation>
    </message>
    <message>
        <source>It runs small, yet %1.</source>
        <extracomment>%1 is a clause: &quot;41 of 60 kept their usual size&quot;, or &quot;M is the likeliest&quot;.</extracomment>
        <translation>مقاساتها صغيرة، ومع ذلك %1.</translation>
    </message>
    <message>
        <source>This one runs small: %1.</source>
        <translation>هذه القطعة مقاساتها صغيرة: %1.</translation>
    </message>
    <message>
        <source>This one runs small.</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>هذه القطعة مقاساتها صغيرة.</translation>
    </message>
    <message>
        <source>It runs large, yet %1.</source>
        <translation>مقاساتها كبيرة، ومع ذلك %1.</translation>
    </message>
    <message>
        <source>This one runs large: %1.</source>
        <translation>هذه القطعة مقاساتها كبيرة: %1.</translation>
    </message>
    <message>
        <source>This one runs large.</source>
        <translation>هذه القطعة مقاساتها كبيرة.</translation>
    </message>
    <message>
        <source>True to size: %1.</source>
        <translation>مطابقة للمقاس: %1.</translation>
    </message>
    <message>
        <source>True to size.</source>
        <translation>مطابقة للمقاس.</translation>
    </message>
    <message>
        <source>You usually take %1, and this one is true to size.</source>
        <extracomment>%1 is the size that the shopper usually takes.</extracomment>
        <translation>مقاسك المعتاد %1، وهذه القطعة مطابقة للمقاس.</translation>
    </message>
    <message>
        <source>The size you usually take.</source>
        <translation>المقاس الذي تأخذه عادة.</translation>
    </message>
    <message>
        <source>%1 is the likeliest</source>
        <extracomment>%1 is a size; the end of a sentence.</extracomment>
        <translation>الأرجح %1</translation>
    </message>
    <message>
        <source>From height and weight. The chart behind it was measured on other people, so it is a hint.</source>
        <translation>من الطول والوزن. قيس الجدول على أشخاص آخرين، فهو مؤشر فحسب.</translation>
    </message>
    <message>
        <source>Nobody has told us yet how this one sits.</source>
        <translation>لم يخبرنا أحد بعد كيف تبدو هذه القطعة عند ارتدائها.</translation>
    </message>
    <message>
        <source>We are not sure yet. Try both; we bring the other one.</source>
        <translation>لسنا متأكدين بعد. جرّب الاثنين؛ ونحضر لك الآخر.</translation>
    </message>
    <message>
        <source>We are not sure yet. Trying it on will tell.</source>
        <translation>لسنا متأكدين بعد. التجربة ستُبيّن.</translation>
    </message>
    <message>
        <source>Good to know. It stays as it is.</source>
        <translation>يسعدنا ذلك. يبقى كما هو.</translation>
    </message>
    <message>
        <source>The size is right; a tailor pins it here, on you.</source>
        <translation>المقاس صحيح؛ نضبطه هنا، وأنت ترتديه.</translation>
    </message>
    <message>
        <source>%1 is the most generous one; our tailor looks at it with you.</source>
        <extracomment>%1 is the last size of the garment, at either end.</extracomment>
        <translation>‏%1 هو الأوسع؛ يعاينه خيّاطنا معك.</translation>
    </message>
    <message>
        <source>%1 is the closest one; our tailor looks at it with you.</source>
        <translation>‏%1 هو الأضيق قصّة؛ يعاينه خيّاطنا معك.</translation>
    </message>
    <message>
        <source>%1 gives a little more room.</source>
        <translation>‏%1 يمنح مساحة أوسع قليلًا.</translation>
    </message>
    <message>
        <source>%1 sits a little closer.</source>
        <translation>‏%1 أقرب إلى الجسم قليلًا.</translation>
    </message>
    <message>
        <source>%1 of %2 who usually take %3 kept %4</source>
        <extracomment>%1 of %2 shoppers whose usual size is %3 kept size %4.</extracomment>
        <translation>‏%1 من %2 ممن مقاسهم المعتاد %3 اختاروا %4</translation>
    </message>
    <message>
        <source>%1 of %2 kept their usual size</source>
        <translation>‏%1 من %2 اختاروا مقاسهم المعتاد</translation>
    </message>
    <message>
        <source>with you</source>
        <translation>معك</translation>
    </message>
    <message numerus="yes">
        <source>%n here</source>
        <extracomment>Pieces of one size that hang on the shop floor.</extracomment>
        <translation>
            <numerusform>لا شيء</numerusform>
            <numerusform>1 هنا</numerusform>
            <numerusform>2 هنا</numerusform>
            <numerusform>%n هنا</numerusform>
            <numerusform>%n هنا</numerusform>
            <numerusform>%n هنا</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the back</source>
        <extracomment>Pieces of one size in the stockroom.</extracomment>
        <translation>
            <numerusform>لا شيء</numerusform>
            <numerusform>1 في المخزن</numerusform>
            <numerusform>2 في المخزن</numerusform>
            <numerusform>%n في المخزن</numerusform>
            <numerusform>%n في المخزن</numerusform>
            <numerusform>%n في المخزن</numerusform>
        </translation>
    </message>
    <message>
        <source>expected</source>
        <extracomment>Of a size that is on its way to this shop. Short.</extracomment>
        <translation>في الطريق</translation>
    </message>
    <message>
        <source>gone</source>
        <extracomment>Of a size that is not to be had.</extracomment>
        <translation>نفد</translation>
    </message>
    <message>
        <source>With you in the room</source>
        <translation>معك في الغرفة</translation>
    </message>
    <message numerus="yes">
        <source>%n on the floor</source>
        <translation>
            <numerusform>لا شيء في المعرض</numerusform>
            <numerusform>قطعة واحدة في المعرض</numerusform>
            <numerusform>قطعتان في المعرض</numerusform>
            <numerusform>%n قطع في المعرض</numerusform>
            <numerusform>%n قطعة في المعرض</numerusform>
            <numerusform>%n قطعة في المعرض</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the stockroom</source>
        <translation>
            <numerusform>لا شيء في المخزن</numerusform>
            <numerusform>قطعة واحدة في المخزن</numerusform>
            <numerusform>قطعتان في المخزن</numerusform>
            <numerusform>%n قطع في المخزن</numerusform>
            <numerusform>%n قطعة في المخزن</numerusform>
            <numerusform>%n قطعة في المخزن</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in %1</source>
        <extracomment>%1 is another shop&apos;s town.</extracomment>
        <translation>
            <numerusform>لا شيء في %1</numerusform>
            <numerusform>قطعة واحدة في %1</numerusform>
            <numerusform>قطعتان في %1</numerusform>
            <numerusform>%n قطع في %1</numerusform>
            <numerusform>%n قطعة في %1</numerusform>
            <numerusform>%n قطعة في %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n on the way to us</source>
        <extracomment>Pieces of one size that are being delivered to this shop.</extracomment>
        <translation>
            <numerusform>لا شيء في الطريق إلينا</numerusform>
            <numerusform>قطعة واحدة في الطريق إلينا</numerusform>
            <numerusform>قطعتان في الطريق إلينا</numerusform>
            <numerusform>%n قطع في الطريق إلينا</numerusform>
            <numerusform>%n قطعة في الطريق إلينا</numerusform>
            <numerusform>%n قطعة في الطريق إلينا</numerusform>
        </translation>
    </message>
    <message>
        <source>Not to be had at the moment</source>
        <translation>غير متوفر حاليًا</translation>
    </message>
    <message>
        <source>Counted just now</source>
        <translation>جُرد للتو</translation>
    </message>
    <message numerus="yes">
        <source>Counted %n minutes ago</source>
        <translation>
            <numerusform>جُرد للتو</numerusform>
            <numerusform>جُرد قبل دقيقة</numerusform>
            <numerusform>جُرد قبل دقيقتين</numerusform>
            <numerusform>جُرد قبل %n دقائق</numerusform>
            <numerusform>جُرد قبل %n دقيقة</numerusform>
            <numerusform>جُرد قبل %n دقيقة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted %n hours ago</source>
        <translation>
            <numerusform>جُرد للتو</numerusform>
            <numerusform>جُرد قبل ساعة</numerusform>
            <numerusform>جُرد قبل ساعتين</numerusform>
            <numerusform>جُرد قبل %n ساعات</numerusform>
            <numerusform>جُرد قبل %n ساعة</numerusform>
            <numerusform>جُرد قبل %n ساعة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted %n days ago</source>
        <translation>
            <numerusform>جُرد اليوم</numerusform>
            <numerusform>جُرد قبل يوم</numerusform>
            <numerusform>جُرد قبل يومين</numerusform>
            <numerusform>جُرد قبل %n أيام</numerusform>
            <numerusform>جُرد قبل %n يومًا</numerusform>
            <numerusform>جُرد قبل %n يوم</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StaffMessage</name>
    <message>
        <source>From %1</source>
        <extracomment>Over a message that an associate has written to the shopper. %1 is the associate&apos;s first name.</extracomment>
        <translation>من %1</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>Takes an associate&apos;s message off the mirror. Short.</extracomment>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>StillTherePage</name>
    <message>
        <source>Are you still there?</source>
        <translation>هل ما زلت هنا؟</translation>
    </message>
    <message>
        <source>Yes, I am here</source>
        <translation>نعم، أنا هنا</translation>
    </message>
    <message>
        <source>I have only just come</source>
        <extracomment>Touched by a shopper who has just come into the room of another one.</extracomment>
        <translation>دخلتُ للتوّ</translation>
    </message>
</context>
<context>
    <name>TailorTexts</name>
    <message>
        <source>You pay when you fetch it.</source>
        <extracomment>The price of an alteration is not charged now.</extracomment>
        <translation>تدفع عند الاستلام.</translation>
    </message>
    <message>
        <source>ready on %1</source>
        <extracomment>An altered garment can be fetched on %1, a day such as Thursday, 3 Dec. Follows the price.</extracomment>
        <translation>جاهز في %1</translation>
    </message>
</context>
<context>
    <name>WardrobePage</name>
    <message>
        <source>With you, %1</source>
        <extracomment>Over the garments that hang in the shopper&apos;s room.</extracomment>
        <translation>معك، %1</translation>
    </message>
    <message>
        <source>With you</source>
        <translation>معك</translation>
    </message>
    <message>
        <source>Hang your pieces here. They appear by themselves.</source>
        <translation>علّق قطعك هنا. ستظهر من تلقاء نفسها.</translation>
    </message>
    <message>
        <source>Goes with it</source>
        <extracomment>Over the suggestions that go along with the garments in the room.</extracomment>
        <translation>ينسجم معها</translation>
    </message>
    <message>
        <source>Your receipt</source>
        <extracomment>Opens the receipt of what was paid in this visit. Short.</extracomment>
        <translation>إيصالك</translation>
    </message>
    <message>
        <source>Basket</source>
        <extracomment>Opens the basket. The sum stands beside it.</extracomment>
        <translation>السلة</translation>
    </message>
</context>
</TS>
