<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>AsideRow</name>
    <message>
        <source>At the desk you need only this code: %1</source>
        <extracomment>%1 is a short code of letters and digits, with which the shopper fetches the garment.</extracomment>
        <translation>レジでこのコードをお伝えください：%1</translation>
    </message>
    <message>
        <source>You can leave it hanging here.</source>
        <translation>ここに掛けたままにできます。</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <extracomment>The garment need not be kept for the shopper any more.</extracomment>
        <translation>もう不要です</translation>
    </message>
</context>
<context>
    <name>AsideTexts</name>
    <message>
        <source>Put it aside for me</source>
        <extracomment>Asks the shop to keep a garment for the shopper until a day; she fetches it at the desk. Short.</extracomment>
        <translation>取り置きを頼む</translation>
    </message>
    <message>
        <source>Put aside for you</source>
        <extracomment>Opens the list of garments that the shop keeps for her. Short.</extracomment>
        <translation>お取り置き</translation>
    </message>
    <message>
        <source>We are putting it aside</source>
        <translation>お取り置きします</translation>
    </message>
    <message>
        <source>%1 has put it aside for you</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>%1がお取り置きしました</translation>
    </message>
    <message>
        <source>This one cannot be put aside. Ask us about it.</source>
        <translation>こちらはお取り置きできません。お尋ねください。</translation>
    </message>
    <message>
        <source>No longer put aside</source>
        <translation>お取り置きは終わりました</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>%1 is a day of the month, %2 the month: its short name, or its number in Japanese, Chinese and Arabic.</extracomment>
        <translation>%2/%1</translation>
    </message>
    <message>
        <source>Until %1, %2</source>
        <extracomment>Until when a garment is kept. %1 is a date, %2 a time of day.</extracomment>
        <translation>%1 %2まで</translation>
    </message>
</context>
<context>
    <name>AskPage</name>
    <message>
        <source>What may we do for you?</source>
        <translation>何かご用はございますか？</translation>
    </message>
    <message>
        <source>Another size or colour</source>
        <translation>別のサイズ・色</translation>
    </message>
    <message>
        <source>touch the piece, then the size</source>
        <translation>商品、サイズの順に触れてください</translation>
    </message>
    <message>
        <source>Nobody is signed in at the rooms just now; whoever comes sees your call first.</source>
        <translation>ただいま試着室に担当者がおりません。戻り次第、真っ先にお伺いします。</translation>
    </message>
</context>
<context>
    <name>AwayPage</name>
    <message>
        <source>Until next time</source>
        <translation>またお会いしましょう</translation>
    </message>
    <message>
        <source>This mirror keeps nothing of your visit.</source>
        <translation>この鏡には何も残りません。</translation>
    </message>
</context>
<context>
    <name>BasketPage</name>
    <message>
        <source>Basket</source>
        <translation>お会計</translation>
    </message>
    <message>
        <source>Nothing hangs with you yet.</source>
        <translation>まだ何も掛かっていません。</translation>
    </message>
    <message>
        <source>Nothing chosen yet. Touch what you would like to take home.</source>
        <translation>まだ何も選ばれていません。お持ち帰りになるものに触れてください。</translation>
    </message>
    <message numerus="yes">
        <source>%n pieces</source>
        <extracomment>Before the sum of the basket; %n pieces are in it.</extracomment>
        <translation>
            <numerusform>%n点</numerusform>
        </translation>
    </message>
    <message>
        <source>You save %1.</source>
        <extracomment>Under the total of the basket; %1 is the amount that promotions take off.</extracomment>
        <translation>%1割引です。</translation>
    </message>
    <message>
        <source>Before tax. You see the total with tax before you pay.</source>
        <translation>税抜です。お支払いの前に税込の合計をお見せします。</translation>
    </message>
    <message>
        <source>Pay here</source>
        <translation>ここで支払う</translation>
    </message>
</context>
<context>
    <name>BasketRow</name>
    <message>
        <source>No longer with you, so it is not counted.</source>
        <translation>お手元にないため、合計に入れていません。</translation>
    </message>
    <message>
        <source>Take out</source>
        <extracomment>At a garment in the basket: takes it out. Short.</extracomment>
        <translation>外す</translation>
    </message>
</context>
<context>
    <name>DeliveryPage</name>
    <message>
        <source>Pay here</source>
        <translation>ここで支払う</translation>
    </message>
</context>
<context>
    <name>DeliveryTexts</name>
    <message>
        <source>How would you like it?</source>
        <extracomment>Title of the page on which she chooses how she gets her garments.</extracomment>
        <translation>お受け取り方法</translation>
    </message>
    <message>
        <source>Or each piece its own way: touch it.</source>
        <extracomment>Below the ways, which count for all garments; below it they are listed.</extracomment>
        <translation>一点ずつ選ぶこともできます。触れてください。</translation>
    </message>
    <message>
        <source>We cannot say just now. Take it with you, or ask us.</source>
        <translation>ただいま分かりません。お持ち帰りになるか、お尋ねください。</translation>
    </message>
    <message>
        <source>One of us takes down your address before you leave.</source>
        <extracomment>She has chosen to have something sent. The address is not typed on the mirror.</extracomment>
        <translation>お帰りの前に、係の者がお届け先をお伺いします。</translation>
    </message>
    <message numerus="yes">
        <source>%n sent or kept for you</source>
        <extracomment>Opens the page on which she chooses how she gets her garments. Short.</extracomment>
        <translation>
            <numerusform>%n点をお届け・お取り置き</numerusform>
        </translation>
    </message>
    <message>
        <source>Have it sent or kept for you</source>
        <translation>お届け・お取り置き</translation>
    </message>
    <message>
        <source>In a bag at the desk</source>
        <extracomment>The garments wait in a bag at the shop&apos;s desk. Short.</extracomment>
        <translation>カウンターで袋に入れてお渡し</translation>
    </message>
    <message>
        <source>I collect it another day</source>
        <extracomment>She collects the garments on another day. Short.</extracomment>
        <translation>後日受け取る</translation>
    </message>
    <message>
        <source>Sent home</source>
        <extracomment>The garments are sent to her address. Short.</extracomment>
        <translation>お届け</translation>
    </message>
    <message>
        <source>With me now</source>
        <extracomment>She takes the garments along now. Short.</extracomment>
        <translation>持ち帰る</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>本日</translation>
    </message>
    <message>
        <source>From today</source>
        <translation>本日から</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>明日</translation>
    </message>
    <message>
        <source>From tomorrow</source>
        <translation>明日から</translation>
    </message>
    <message>
        <source>On %1</source>
        <extracomment>%1 is a day, such as Thursday, 3 Dec: on this one, and from this one on.</extracomment>
        <translation>%1</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>%1から</translation>
    </message>
    <message>
        <source>%1, %2 %3</source>
        <extracomment>%1 is the day of the week, %2 the day of the month, %3 the month: its short name, or its number in Arabic.</extracomment>
        <translation>%1, %2 %3</translation>
    </message>
    <message>
        <source>plus %1</source>
        <extracomment>%1 is what it costs.</extracomment>
        <translation>%1 加算</translation>
    </message>
    <message>
        <source>at no charge</source>
        <translation>無料</translation>
    </message>
    <message>
        <source>if you order within %1 h %2 min</source>
        <extracomment>%1 hours and %2 minutes are left in which this day can be promised.</extracomment>
        <translation>あと%1時間%2分以内のご注文</translation>
    </message>
    <message>
        <source>if you order within %1 min</source>
        <translation>あと%1分以内のご注文</translation>
    </message>
</context>
<context>
    <name>FitFeedback</name>
    <message>
        <source>How does it feel?</source>
        <translation>着心地はいかがですか？</translation>
    </message>
    <message>
        <source>Where?</source>
        <translation>どこが？</translation>
    </message>
    <message>
        <source>Change</source>
        <extracomment>Takes back the rating of how a piece fits. Short.</extracomment>
        <translation>変更</translation>
    </message>
</context>
<context>
    <name>FitPage</name>
    <message>
        <source>Your height and weight</source>
        <translation>身長と体重</translation>
    </message>
    <message>
        <source>A size that fits you</source>
        <translation>いつもお似合いのサイズ</translation>
    </message>
    <message>
        <source>Think of a piece you like to wear: where is it from, and what is on its label?</source>
        <translation>お気に入りの一着を思い浮かべてください。どちらの国のもので、表示サイズはいくつですか？</translation>
    </message>
    <message>
        <source>So that we need not guess your size.</source>
        <translation>サイズを推測せずにご案内するためです。</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>身長</translation>
    </message>
    <message>
        <source>%1 cm</source>
        <translation>%1 cm</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>体重</translation>
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
        <translation>表示</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>in centimetres and kilos</source>
        <translation>センチとキロで</translation>
    </message>
    <message>
        <source>in feet and pounds</source>
        <translation>フィートとポンドで</translation>
    </message>
    <message>
        <source>Rather a size that fits me</source>
        <translation>いつものサイズで答える</translation>
    </message>
    <message>
        <source>Rather height and weight</source>
        <translation>身長と体重で答える</translation>
    </message>
    <message>
        <source>Advise me</source>
        <translation>アドバイスを見る</translation>
    </message>
    <message>
        <source>Asked once, written down nowhere, forgotten when you leave.</source>
        <translation>伺うのは一度だけ。記録はせず、お帰りの際に忘れます。</translation>
    </message>
    <message>
        <source>I would rather not say</source>
        <extracomment>Leaves a question without an answer.</extracomment>
        <translation>答えずに進む</translation>
    </message>
</context>
<context>
    <name>FitTexts</name>
    <message>
        <source>just right</source>
        <extracomment>How a garment feels that was tried on. Short.</extracomment>
        <translation>ぴったり</translation>
    </message>
    <message>
        <source>a little tight</source>
        <translation>少しきつめ</translation>
    </message>
    <message>
        <source>a little loose</source>
        <translation>少しゆるめ</translation>
    </message>
    <message>
        <source>shoulders</source>
        <extracomment>Where a garment feels tight or loose. Short.</extracomment>
        <translation>肩</translation>
    </message>
    <message>
        <source>chest</source>
        <translation>胸</translation>
    </message>
    <message>
        <source>waist</source>
        <translation>ウエスト</translation>
    </message>
    <message>
        <source>hips</source>
        <translation>ヒップ</translation>
    </message>
    <message>
        <source>sleeves</source>
        <translation>袖</translation>
    </message>
    <message>
        <source>length</source>
        <translation>丈</translation>
    </message>
    <message>
        <source>width</source>
        <extracomment>The width of a shoe.</extracomment>
        <translation>幅</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Back</source>
        <extracomment>Goes one page back. Short.</extracomment>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Just a mirror</source>
        <extracomment>Clears the screen, so that it is only a mirror. Short.</extracomment>
        <translation>鏡だけ</translation>
    </message>
    <message>
        <source>Help</source>
        <extracomment>Opens the page where one can ask for help. Short.</extracomment>
        <translation>お手伝い</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Erase</source>
        <extracomment>Removes the last digit that was typed. Short.</extracomment>
        <translation>消す</translation>
    </message>
</context>
<context>
    <name>LookPage</name>
    <message>
        <source>Goes with it</source>
        <translation>合わせるなら</translation>
    </message>
    <message>
        <source>One moment, we are looking through the house.</source>
        <translation>少々お待ちください。店内を探しています。</translation>
    </message>
    <message>
        <source>Nothing more to suggest just now. Ask us; we like to look with you.</source>
        <translation>ただいまご提案は以上です。ぜひご相談ください、一緒にお探しします。</translation>
    </message>
    <message>
        <source>Show others</source>
        <extracomment>Shows the next three suggestions.</extracomment>
        <translation>ほかを見る</translation>
    </message>
</context>
<context>
    <name>LookRow</name>
    <message>
        <source>Asked for</source>
        <translation>ご依頼済み</translation>
    </message>
    <message>
        <source>Not this</source>
        <extracomment>Takes a suggestion away. Short.</extracomment>
        <translation>これ以外で</translation>
    </message>
</context>
<context>
    <name>LookTexts</name>
    <message numerus="yes">
        <source>%n have taken it along with the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>
            <numerusform>%n名の方が「%1」とご一緒に</numerusform>
        </translation>
    </message>
    <message>
        <source>Often taken along with the %1</source>
        <translation>「%1」とご一緒に選ばれています</translation>
    </message>
    <message>
        <source>The same cloth: %1</source>
        <extracomment>%1 is a material or a garment of that material.</extracomment>
        <translation>同じ生地：%1</translation>
    </message>
    <message>
        <source>Completes the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>「%1」を引き立てます</translation>
    </message>
    <message>
        <source>Completes the look</source>
        <translation>装いを仕上げます</translation>
    </message>
    <message>
        <source>Chosen by %1</source>
        <extracomment>%1 is a stylist&apos;s first name.</extracomment>
        <translation>%1 のおすすめ</translation>
    </message>
    <message>
        <source>New this week</source>
        <translation>今週の新着</translation>
    </message>
    <message>
        <source>Much loved this season</source>
        <translation>今季の人気</translation>
    </message>
    <message>
        <source>Goes with the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>「%1」に合います</translation>
    </message>
    <message>
        <source>Goes with your pieces</source>
        <translation>お手元の商品に合います</translation>
    </message>
    <message>
        <source>often together</source>
        <extracomment>Two pieces that others have often taken together. Short.</extracomment>
        <translation>ご一緒に人気</translation>
    </message>
    <message>
        <source>the same cloth</source>
        <translation>同じ生地</translation>
    </message>
    <message>
        <source>completes the look</source>
        <translation>仕上げの一点</translation>
    </message>
    <message>
        <source>chosen by %1</source>
        <translation>%1 のおすすめ</translation>
    </message>
    <message>
        <source>new this week</source>
        <translation>新着</translation>
    </message>
    <message>
        <source>much loved</source>
        <translation>人気</translation>
    </message>
    <message>
        <source>goes along</source>
        <translation>よく合います</translation>
    </message>
</context>
<context>
    <name>MessagePiece</name>
    <message>
        <source>Asked for</source>
        <translation>ご依頼済み</translation>
    </message>
</context>
<context>
    <name>OfferActions</name>
    <message>
        <source>Bring me %1</source>
        <extracomment>Asks an associate to bring the garment in size %1.</extracomment>
        <translation>%1 を持ってきてもらう</translation>
    </message>
    <message>
        <source>Bring me %1 and %2</source>
        <extracomment>Asks an associate to bring the garment in two sizes, since either may fit. Short.</extracomment>
        <translation>%1 と %2 を持ってきてもらう</translation>
    </message>
    <message>
        <source>Bring it to me</source>
        <translation>持ってきてもらう</translation>
    </message>
    <message>
        <source>See where it is</source>
        <translation>今どこか見る</translation>
    </message>
    <message>
        <source>Ask us about it</source>
        <translation>お問い合わせください</translation>
    </message>
    <message>
        <source>You have asked for it.</source>
        <translation>ご依頼いただいています。</translation>
    </message>
    <message>
        <source>This one hangs with you.</source>
        <translation>この商品はお手元にあります。</translation>
    </message>
    <message>
        <source>See your basket</source>
        <translation>お選びの品を見る</translation>
    </message>
    <message>
        <source>See it in %1</source>
        <extracomment>Shows the garment in the colour %1.</extracomment>
        <translation>%1で見る</translation>
    </message>
    <message>
        <source>We change it for the one you paid, at no charge.</source>
        <extracomment>Another size of a garment that the shopper has paid already in this visit.</extracomment>
        <translation>お支払い済みのものとお取りかえします。お支払いはございません。</translation>
    </message>
    <message>
        <source>Touch your size, and we bring it.</source>
        <extracomment>No size is chosen yet; the sizes are above.</extracomment>
        <translation>サイズに触れてください。お持ちします。</translation>
    </message>
    <message>
        <source>%1 is in the house. Nobody is signed in at the rooms just now; whoever comes sees your call first.</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>%1 は店内にございます。ただいま試着室に担当者がおりません。戻り次第、真っ先にお伺いします。</translation>
    </message>
    <message>
        <source>%1 hangs in %2. We can have it sent or put aside for you.</source>
        <extracomment>%1 is a size, %2 another shop&apos;s town.</extracomment>
        <translation>%1 は%2店にございます。お取り寄せ・お取り置きを承ります。</translation>
    </message>
    <message>
        <source>%1 is sold out in this colour. In %2 it is here.</source>
        <extracomment>%1 is a size, %2 a colour.</extracomment>
        <translation>この色の%1は品切れです。%2ならございます。</translation>
    </message>
    <message>
        <source>This one is on its way to us. We can put it aside for you.</source>
        <translation>こちらは店に届くのを待っております。お取り置きを承ります。</translation>
    </message>
    <message>
        <source>Not to be had in this size and colour at the moment.</source>
        <translation>このサイズ・色はただいまご用意がございません。</translation>
    </message>
    <message>
        <source>Take it out again</source>
        <extracomment>Takes the garment out of the basket.</extracomment>
        <translation>お会計から外す</translation>
    </message>
    <message>
        <source>All sizes and colours</source>
        <translation>全サイズ・全色</translation>
    </message>
    <message>
        <source>Have it pinned on me</source>
        <extracomment>Asks for an alteration: a tailor pins the garment on the shopper.</extracomment>
        <translation>お直しを頼む</translation>
    </message>
    <message>
        <source>Leave it at the door</source>
        <extracomment>The associate leaves the garment outside the fitting room.</extracomment>
        <translation>扉の前に置いてもらう</translation>
    </message>
</context>
<context>
    <name>PairingPage</name>
    <message>
        <source>This mirror takes a short break</source>
        <translation>この鏡はただいま準備中です</translation>
    </message>
    <message>
        <source>Connect this mirror</source>
        <translation>この鏡を接続する</translation>
    </message>
    <message>
        <source>Please ask one of us. It stays a mirror all the while.</source>
        <translation>お近くの係にお声がけください。その間も鏡としてお使いいただけます。</translation>
    </message>
    <message>
        <source>For our team</source>
        <extracomment>Opens the page for technicians.</extracomment>
        <translation>スタッフの方へ</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>Leaves the page for technicians. Short.</extracomment>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>PairingTexts</name>
    <message>
        <source>This mirror does not know its store yet.</source>
        <translation>この鏡はまだ店のシステムに接続されていません。</translation>
    </message>
    <message>
        <source>The store does not know this mirror any more: its access was ended, or another mirror has this room.</source>
        <translation>店のシステムはこの鏡を認識していません。接続が取り消されたか、この試着室に別の鏡が登録されています。</translation>
    </message>
    <message>
        <source>What answers at the store&apos;s address cannot prove that it is your store, so this mirror sends nothing to it. If the store was not set up anew, call your technician: somebody may be on the network.</source>
        <translation>店のアドレスの応答先が本物だと確認できないため、この鏡は何も送信しません。店のシステムを入れ直していない場合は、技術担当に連絡してください。ネットワークに第三者がいるかもしれません。</translation>
    </message>
    <message>
        <source>On the team&apos;s page, a manager opens “Devices”, chooses room %1 and shows a code. Enter it here within two minutes.</source>
        <extracomment>%1 is the name of the fitting room. “Devices” is the name of the tab on the associates&apos; page.</extracomment>
        <translation>スタッフ用ページで店長が「端末」を開き、試着室 %1 を選んでコードを表示します。2分以内にここへ入力してください。</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>少々お待ちください…</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>接続しました。</translation>
    </message>
    <message>
        <source>This code is not right, or somebody is between mirror and store. Show a new one and try once more.</source>
        <translation>コードが違うか、鏡と店の間に第三者がいます。新しいコードを表示して、もう一度お試しください。</translation>
    </message>
    <message>
        <source>No code is open for room %1. Show a new one.</source>
        <translation>試着室 %1 の有効なコードがありません。新しいコードを表示してください。</translation>
    </message>
    <message>
        <source>The store does not answer. Is it running, and is this mirror on its network?</source>
        <translation>店のシステムが応答しません。起動していますか。この鏡は同じネットワークにありますか。</translation>
    </message>
    <message>
        <source>The store did not accept this. Show a new code and try again.</source>
        <translation>受け付けられませんでした。新しいコードを表示して、もう一度お試しください。</translation>
    </message>
    <message>
        <source>This computer could not save it. Call your technician.</source>
        <translation>この端末に保存できませんでした。技術担当に連絡してください。</translation>
    </message>
</context>
<context>
    <name>PayPage</name>
    <message>
        <source>Not this way</source>
        <translation>別の方法で</translation>
    </message>
</context>
<context>
    <name>PaymentTexts</name>
    <message>
        <source>Adding it up</source>
        <translation>計算しています</translation>
    </message>
    <message>
        <source>Shall we?</source>
        <translation>よろしいですか？</translation>
    </message>
    <message>
        <source>Pay with %1?</source>
        <extracomment>%1 is how the stored means of payment is named, such as a card&apos;s last digits.</extracomment>
        <translation>%1 でお支払いですか？</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>少々お待ちください</translation>
    </message>
    <message>
        <source>Waking the terminal</source>
        <translation>端末を準備しています</translation>
    </message>
    <message>
        <source>Hold your card, phone or ring here</source>
        <translation>カード、スマートフォン、リングをこちらへ</translation>
    </message>
    <message>
        <source>One of us takes your payment</source>
        <translation>スタッフがお会計いたします</translation>
    </message>
    <message>
        <source>A moment, please</source>
        <translation>少々お待ちください</translation>
    </message>
    <message>
        <source>We are asking the terminal</source>
        <translation>端末に確認しています</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>ありがとうございます</translation>
    </message>
    <message>
        <source>That did not go through</source>
        <translation>お支払いできませんでした</translation>
    </message>
    <message>
        <source>You get it back</source>
        <translation>ご返金します</translation>
    </message>
    <message>
        <source>It was given back</source>
        <translation>ご返金しました</translation>
    </message>
    <message>
        <source>Not to be paid here just now</source>
        <translation>ただいまこちらではお支払いいただけません</translation>
    </message>
    <message>
        <source>Paying is resting for a moment</source>
        <translation>お支払いは少々お待ちください</translation>
    </message>
    <message>
        <source>Let us look at it together</source>
        <translation>ご一緒に確認いたしましょう</translation>
    </message>
    <message>
        <source>%1 before tax</source>
        <translation>税抜 %1</translation>
    </message>
    <message>
        <source>plus %1 tax: %2</source>
        <extracomment>%1 is the rate, such as 19 %, %2 the amount of the tax.</extracomment>
        <translation>税 %1：%2</translation>
    </message>
    <message>
        <source>incl. %1 VAT: %2</source>
        <translation>税込（消費税 %1：%2）</translation>
    </message>
    <message>
        <source>The terminal is being made ready for you.</source>
        <translation>端末を準備しています。</translation>
    </message>
    <message>
        <source>Only a part of it went through, so it is being given back. There is nothing for you to do.</source>
        <translation>一部のみ処理されたため、ご返金します。お手続きは不要です。</translation>
    </message>
    <message>
        <source>Your card was charged after it was stopped, so it is being given back. There is nothing for you to do.</source>
        <translation>中止後に請求されたため、ご返金します。お手続きは不要です。</translation>
    </message>
    <message>
        <source>Nothing stays charged. It may take your bank a few days to show it.</source>
        <translation>請求は残りません。銀行の表示まで数日かかることがあります。</translation>
    </message>
    <message>
        <source>The price has changed since. This is the total now.</source>
        <translation>その後、価格が変わりました。現在の合計はこちらです。</translation>
    </message>
    <message>
        <source>Your ring was recognised.</source>
        <translation>リングを確認しました。</translation>
    </message>
    <message>
        <source>to the left of the mirror, at the small light</source>
        <translation>鏡の左、小さな灯りのところ</translation>
    </message>
    <message>
        <source>below the mirror, at the small light</source>
        <translation>鏡の下、小さな灯りのところ</translation>
    </message>
    <message>
        <source>to the right of the mirror, at the small light</source>
        <translation>鏡の右、小さな灯りのところ</translation>
    </message>
    <message>
        <source>With our own terminal. A moment, please: someone is coming to you.</source>
        <translation>専用の端末をお持ちします。少々お待ちください。</translation>
    </message>
    <message>
        <source>Its answer did not arrive. You will not be charged twice.</source>
        <translation>応答が届いていません。二重に請求されることはありません。</translation>
    </message>
    <message>
        <source>We could not learn whether it went through. Nothing is charged twice; we settle it together.</source>
        <translation>お支払いの結果を確認できませんでした。二重請求はございません。一緒に確認いたします。</translation>
    </message>
    <message>
        <source>Your pieces stay as they are. Call us, or pay at the desk.</source>
        <translation>商品はそのままです。お呼びいただくか、レジでお支払いください。</translation>
    </message>
    <message>
        <source>Yes, pay %1</source>
        <extracomment>Confirms the payment of %1.</extracomment>
        <translation>はい、%1 を支払う</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度</translation>
    </message>
    <message>
        <source>Call someone</source>
        <translation>担当者を呼ぶ</translation>
    </message>
    <message>
        <source>Pay by card or phone</source>
        <translation>カード・スマートフォンで支払う</translation>
    </message>
    <message>
        <source>Your ring or card was read.</source>
        <extracomment>A ring or card of the house was laid on the reader to pay; it is being checked.</extracomment>
        <translation>リングまたはカードを読み取りました。</translation>
    </message>
    <message>
        <source>Or lay your ring or house card on the reader: that pays with %1.</source>
        <translation>リングまたは会員カードをリーダーに置くと、%1でお支払いになります。</translation>
    </message>
    <message>
        <source>Nothing was charged. Try again, or pay another way.</source>
        <translation>何も請求されていません。もう一度、または別の方法でお支払いください。</translation>
    </message>
    <message>
        <source>No card was held to it, and nothing was charged.</source>
        <translation>カードがかざされませんでした。何も請求されていません。</translation>
    </message>
    <message>
        <source>Stopped as you wished. Nothing was charged.</source>
        <translation>ご希望どおり中止しました。何も請求されていません。</translation>
    </message>
    <message>
        <source>Above what this ring may pay today. Pay by card, please.</source>
        <translation>このリングで本日お支払いいただける額を超えています。カードでお支払いください。</translation>
    </message>
    <message>
        <source>These pieces are being paid for at the desk.</source>
        <translation>こちらの商品は、ただいまレジでお会計中です。</translation>
    </message>
    <message>
        <source>The terminal is in use, and nothing was charged. Try again in a moment.</source>
        <translation>端末は使用中で、請求はありません。少ししてからもう一度どうぞ。</translation>
    </message>
    <message>
        <source>That took too long, so nothing was charged. Try again, please.</source>
        <translation>時間がかかりすぎたため、請求していません。もう一度どうぞ。</translation>
    </message>
    <message>
        <source>One of these pieces is paid for already. Nothing was charged.</source>
        <translation>この中にお支払い済みの品があります。請求はありません。</translation>
    </message>
    <message>
        <source>Not here just now, and nothing was charged. Pay at the desk, please.</source>
        <translation>ただいまこちらではお支払いできません。請求はありません。レジでお願いします。</translation>
    </message>
    <message>
        <source>Nothing was charged, and your pieces stay as they are. Call us, and one of us looks after it with you.</source>
        <translation>ご請求はなく、お品物もそのままです。お呼びください。スタッフがご一緒に承ります。</translation>
    </message>
    <message>
        <source>The card was not accepted and nothing was charged. Another card, or once more?</source>
        <translation>カードはご利用いただけませんでした。何も請求されていません。別のカードか、もう一度お試しください。</translation>
    </message>
</context>
<context>
    <name>PictureSteps</name>
    <message>
        <source>Next picture</source>
        <extracomment>Shows the next picture of the garment.</extracomment>
        <translation>次へ</translation>
    </message>
</context>
<context>
    <name>PieceCell</name>
    <message>
        <source>New to us</source>
        <extracomment>A garment that is not in the catalogue.</extracomment>
        <translation>はじめての商品</translation>
    </message>
    <message>
        <source>yours</source>
        <extracomment>At a piece that has been paid; and at one of which another size is advised (%1).</extracomment>
        <translation>お客様のもの</translation>
    </message>
    <message>
        <source>try %1</source>
        <translation>%1 もお試しを</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>はい</translation>
    </message>
    <message>
        <source>Not mine</source>
        <translation>いいえ</translation>
    </message>
</context>
<context>
    <name>PreparedCell</name>
    <message>
        <source>Asked for</source>
        <translation>ご依頼済み</translation>
    </message>
</context>
<context>
    <name>PreparedTexts</name>
    <message>
        <source>Everything is with you.</source>
        <extracomment>Every piece that was prepared for the shopper hangs in her room by now.</extracomment>
        <translation>すべてお手元にあります。</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <extracomment>Over the pieces that %1, an associate, has chosen for the shopper before she came. Short.</extracomment>
        <translation>ご用意しました</translation>
    </message>
    <message>
        <source>Waiting for you, chosen by %1</source>
        <translation>%1がお選びしてご用意しました</translation>
    </message>
    <message>
        <source>Look %1</source>
        <extracomment>Pieces of one number are to be worn together. Short.</extracomment>
        <translation>コーディネート%1</translation>
    </message>
    <message>
        <source>Here for you</source>
        <extracomment>An associate has fetched the piece and keeps it near the fitting rooms.</extracomment>
        <translation>お手元にご用意済み</translation>
    </message>
    <message>
        <source>On the floor</source>
        <extracomment>The piece hangs on the sales floor. %1 is the name of its rail.</extracomment>
        <translation>売り場にございます</translation>
    </message>
    <message>
        <source>Hangs at: %1</source>
        <translation>売り場: %1</translation>
    </message>
    <message>
        <source>We bring it to you</source>
        <extracomment>The piece is in the stockroom; an associate brings it.</extracomment>
        <translation>お持ちいたします</translation>
    </message>
    <message>
        <source>Just gone; ask us</source>
        <extracomment>The piece that was chosen is not in this shop any more.</extracomment>
        <translation>ただいま品切れです。お尋ねください</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>Your receipt is being printed.</source>
        <translation>レシートを印刷しています。</translation>
    </message>
    <message>
        <source>Here is your receipt, on paper.</source>
        <translation>紙のレシートをお受け取りください。</translation>
    </message>
    <message>
        <source>The printer does not answer just now. With this number we are glad to give it to you at the desk.</source>
        <translation>プリンターが応答していません。この番号をお伝えいただければ、レジでお渡しします。</translation>
    </message>
    <message>
        <source>With this number we are glad to give it to you at the desk.</source>
        <translation>この番号をお伝えいただければ、レジでお渡しします。</translation>
    </message>
    <message>
        <source>Thank you, %1</source>
        <translation>%1 様、ありがとうございます</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>ありがとうございます</translation>
    </message>
    <message>
        <source>%1 is paid, and the pieces are yours.</source>
        <translation>%1 のお支払いが済みました。</translation>
    </message>
    <message>
        <source>Your receipt, to take along</source>
        <translation>レシートをお持ち帰りください</translation>
    </message>
    <message>
        <source>Your receipt</source>
        <translation>レシート</translation>
    </message>
    <message>
        <source>Print my receipt</source>
        <translation>レシートを印刷する</translation>
    </message>
    <message>
        <source>Print it once more</source>
        <translation>もう一度印刷する</translation>
    </message>
    <message>
        <source>Finish and forget me</source>
        <extracomment>Ends the visit; the mirror forgets everything of it.</extracomment>
        <translation>終了して記録を消す</translation>
    </message>
</context>
<context>
    <name>RequestPage</name>
    <message>
        <source>Asked for</source>
        <extracomment>Over the list of what the shopper has asked for.</extracomment>
        <translation>ご依頼</translation>
    </message>
    <message>
        <source>Nothing is asked for at the moment.</source>
        <translation>ただいまご依頼はありません。</translation>
    </message>
</context>
<context>
    <name>RequestRow</name>
    <message>
        <source>It will be left at the door.</source>
        <translation>扉の前にお置きします。</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <extracomment>Takes a request back.</extracomment>
        <translation>もう不要です</translation>
    </message>
</context>
<context>
    <name>RequestTexts</name>
    <message>
        <source>Being sent</source>
        <translation>送信しています</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>まだ送信できていません</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>承りました</translation>
    </message>
    <message>
        <source>We are finding someone</source>
        <translation>担当者を探しています</translation>
    </message>
    <message>
        <source>%1 asks you to come out</source>
        <extracomment>%1 is an associate&apos;s first name, who waits outside the fitting room. Nothing is brought.</extracomment>
        <translation>%1が外でお待ちしています</translation>
    </message>
    <message>
        <source>%1 is coming</source>
        <translation>%1 がまいります</translation>
    </message>
    <message>
        <source>%1 is bringing it</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>%1 がお持ちします</translation>
    </message>
    <message>
        <source>%1 is at the door</source>
        <translation>%1 が扉の前におります</translation>
    </message>
    <message>
        <source>At your door</source>
        <translation>扉の前に届いています</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了しました</translation>
    </message>
    <message>
        <source>%1 is sorry</source>
        <translation>%1 よりお詫び</translation>
    </message>
    <message>
        <source>We are sorry</source>
        <translation>申し訳ございません</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>取り消しました</translation>
    </message>
    <message>
        <source>The shop cannot be reached; it goes out by itself as soon as it can.</source>
        <translation>店舗につながりません。つながり次第、自動で送信します。</translation>
    </message>
    <message numerus="yes">
        <source>Waiting for %n minutes; you are not forgotten.</source>
        <translation>
            <numerusform>%n分お待ちいただいています。お忘れしておりません。</numerusform>
        </translation>
    </message>
    <message>
        <source>The team has it and answers by name.</source>
        <translation>担当者が名前でお返事します。</translation>
    </message>
    <message numerus="yes">
        <source>About %n minutes</source>
        <translation>
            <numerusform>およそ%n分</numerusform>
        </translation>
    </message>
    <message>
        <source>None of us is free just now. Your wish stays open, and we go on asking.</source>
        <translation>ただいま手の空いている者がおりません。ご要望はお預かりしたまま、引き続き呼びかけます。</translation>
    </message>
    <message>
        <source>%1, who runs the shop, is being asked now.</source>
        <extracomment>%1 is the manager&apos;s first name.</extracomment>
        <translation>ただいま店の責任者の%1に頼んでいます。</translation>
    </message>
    <message>
        <source>%1 is being asked now.</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>ただいま%1に頼んでいます。</translation>
    </message>
    <message>
        <source>%1 could not come after all; all of us see it again.</source>
        <extracomment>%1 is an associate&apos;s first name, who had said yes before.</extracomment>
        <translation>%1は伺えなくなりました。改めて全員にお知らせしています。</translation>
    </message>
    <message numerus="yes">
        <source>Nobody has a hand free yet; it usually takes %n minutes.</source>
        <translation>
            <numerusform>まだ手の空いた者がおりません。普段は%n分ほどです。</numerusform>
        </translation>
    </message>
    <message>
        <source>It hangs out in the shop: you are welcome to come out and take it.</source>
        <translation>店内に掛かっています。どうぞ外に出てお取りください。</translation>
    </message>
    <message>
        <source>It is in our stockroom: at the desk we fetch it for you.</source>
        <translation>倉庫にございます。カウンターでお申し付けください。</translation>
    </message>
    <message>
        <source>You are welcome to come out to the desk.</source>
        <translation>どうぞカウンターまでお越しください。</translation>
    </message>
    <message>
        <source>On the way to you</source>
        <translation>ただいま向かっています</translation>
    </message>
    <message>
        <source>The last one has just been sold.</source>
        <translation>最後の一点がたったいま売れました。</translation>
    </message>
    <message>
        <source>It is here in another colour.</source>
        <translation>別の色ならございます。</translation>
    </message>
    <message>
        <source>Come out for a moment, please, and we look together.</source>
        <translation>一度お出になって、ご一緒に見てみましょう。</translation>
    </message>
</context>
<context>
    <name>ServiceRow</name>
    <message>
        <source>for a look, a size, an opinion</source>
        <translation>ご試着やサイズのご相談に</translation>
    </message>
    <message>
        <source>we pin it here, on you</source>
        <translation>この場でお直しの印をお付けします</translation>
    </message>
    <message>
        <source>water, coffee or tea</source>
        <translation>お水、コーヒー、紅茶</translation>
    </message>
</context>
<context>
    <name>SharedTexts</name>
    <message>
        <source>I&apos;d like all of them</source>
        <extracomment>Puts all garments in the room into the basket. Short.</extracomment>
        <translation>すべていただく</translation>
    </message>
    <message>
        <source>Back to the pieces</source>
        <extracomment>Goes to the page with all garments in the room. Short.</extracomment>
        <translation>商品に戻る</translation>
    </message>
    <message>
        <source>In your basket</source>
        <extracomment>At a garment: a touch puts it into the basket; and it is in the basket. Short.</extracomment>
        <translation>お会計に入りました</translation>
    </message>
    <message>
        <source>I&apos;d like this one</source>
        <translation>これをいただく</translation>
    </message>
    <message>
        <source>This one is yours.</source>
        <translation>こちらはお客様のものです。</translation>
    </message>
    <message>
        <source>This one is paid for already.</source>
        <translation>こちらはお支払い済みです。</translation>
    </message>
    <message>
        <source>We do not know this piece yet. Ask us about it.</source>
        <translation>この商品はまだ登録がありません。お尋ねください。</translation>
    </message>
    <message>
        <source>Is this yours?</source>
        <translation>お客様のものですか？</translation>
    </message>
    <message>
        <source>Its price is not here yet. We are glad to look it up.</source>
        <translation>金額がまだ届いていません。お調べいたします。</translation>
    </message>
    <message>
        <source>Lowest price of the last 30 days: %1</source>
        <extracomment>Stated where a price is reduced, as the law of the EU asks for it; %1 is that price.</extracomment>
        <translation>過去30日間の最低価格: %1</translation>
    </message>
    <message>
        <source>before %1</source>
        <extracomment>%1 is the price before a sale; it stands beside the present price. Short.</extracomment>
        <translation>セール前 %1</translation>
    </message>
    <message>
        <source>Show others (%1 to %2 of %3)</source>
        <extracomment>Shows other garments of a long list; those of the numbers %1 to %2 of %3 are shown. Short.</extracomment>
        <translation>ほかを見る（%3点中 %1〜%2）</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <extracomment>%1 are names of garments; %n more are paid for too.</extracomment>
        <translation>
            <numerusform>%1 ほか%n点</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <extracomment>Between the garments of an order.</extracomment>
        <translation>、</translation>
    </message>
    <message>
        <source>Just a mirror for a moment. Help still works.</source>
        <extracomment>The shop&apos;s computer cannot be reached.</extracomment>
        <translation>しばらくは鏡だけになります。お手伝いは引き続き承ります。</translation>
    </message>
    <message>
        <source>New pieces are not recognised just now. What is here stays here.</source>
        <extracomment>The reader that recognises garments is away.</extracomment>
        <translation>ただいま新しい商品を認識できません。表示中の商品はそのままです。</translation>
    </message>
    <message>
        <source>That was a little short. Hold it there a moment longer.</source>
        <translation>少し短かったようです。もうしばらくかざしてください。</translation>
    </message>
    <message>
        <source>That is a bank card; it is only read by the terminal. Nothing was taken from it.</source>
        <extracomment>A bank card was held to our own reader, which does not read those.</extracomment>
        <translation>こちらは銀行カードです。お支払い端末でのみ読み取ります。何も引き落とされていません。</translation>
    </message>
    <message>
        <source>It could not be read. Once more, please, and lay it flat.</source>
        <translation>読み取れませんでした。もう一度、平らに置いてください。</translation>
    </message>
    <message>
        <source>We do not know this card yet. Everything works without it.</source>
        <translation>このカードはまだ登録がありません。なくてもすべてご利用いただけます。</translation>
    </message>
    <message>
        <source>This one cannot pay here. A bank card or your phone can.</source>
        <extracomment>A known ring or member card, laid on the reader to pay; it has no means of payment or cannot prove whose it is.</extracomment>
        <translation>こちらではお支払いいただけません。銀行のカードまたはスマートフォンをご利用ください。</translation>
    </message>
    <message>
        <source>We cannot find this piece in our house. We are glad to help.</source>
        <extracomment>A garment&apos;s label was scanned that this house does not sell.</extracomment>
        <translation>この商品は当店では見つかりません。スタッフがお手伝いします。</translation>
    </message>
    <message>
        <source>Your voucher counts in the basket.</source>
        <extracomment>The code of a voucher was scanned.</extracomment>
        <translation>割引コードを合計に入れました。</translation>
    </message>
    <message>
        <source>This voucher does not count just now. We are glad to help.</source>
        <extracomment>The code of a voucher was scanned that has ended, or has not begun.</extracomment>
        <translation>この割引コードは今はお使いいただけません。お手伝いいたします。</translation>
    </message>
    <message numerus="yes">
        <source>%1 is on the floor, about %n minutes</source>
        <extracomment>%1 is an associate&apos;s first name. %n minutes is how long it usually takes.</extracomment>
        <translation>
            <numerusform>%1 が店内におります。およそ%n分</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is on the floor</source>
        <translation>%1 が店内におります</translation>
    </message>
    <message>
        <source>Someone to help</source>
        <translation>担当者</translation>
    </message>
    <message>
        <source>An alteration</source>
        <translation>お直し</translation>
    </message>
    <message>
        <source>A drink</source>
        <translation>お飲み物</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>A garment and the size asked for.</extracomment>
        <translation>%1、%2</translation>
    </message>
</context>
<context>
    <name>SizeAdvice</name>
    <message>
        <source>May we ask one thing?</source>
        <translation>一つ伺ってもよろしいですか？</translation>
    </message>
</context>
<context>
    <name>SizeRow</name>
    <message>
        <source>advised</source>
        <extracomment>Beside the size that we advise; and beside the other one that may fit. Short.</extracomment>
        <translation>おすすめ</translation>
    </message>
    <message>
        <source>also</source>
        <translation>こちらも</translation>
    </message>
</context>
<context>
    <name>SizeTexts</name>
    <message>
        <source>%1 it is</source>
        <extracomment>%1 is the size that the shopper finds just right.</extracomment>
        <translation>%1 で決まりです</translation>
    </message>
    <message>
        <source>We take it up for you</source>
        <extracomment>A tailor shortens the garment.</extracomment>
        <translation>丈をお直しします</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <extracomment>%1 is the shopper&apos;s size, %2 the colour in which the garment is there.</extracomment>
        <translation>%2の%1</translation>
    </message>
    <message>
        <source>%1 is gone just now</source>
        <translation>%1は、ただいま品切れです</translation>
    </message>
    <message>
        <source>We find a way</source>
        <translation>別の方法をご案内します</translation>
    </message>
    <message>
        <source>Your size here is still open</source>
        <translation>サイズはこれからご一緒に</translation>
    </message>
    <message>
        <source>%1 or %2?</source>
        <extracomment>%1 and %2 are sizes.</extracomment>
        <translation>%1か、%2か</translation>
    </message>
    <message>
        <source>Between %1 and %2, take %3</source>
        <extracomment>%1 and %2 are sizes, %3 the one of them to try first.</extracomment>
        <translation>%1 と %2 なら %3 を</translation>
    </message>
    <message>
        <source>Take %1</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>%1 をどうぞ</translation>
    </message>
    <message>
        <source>Perhaps %1</source>
        <extracomment>%1 is a size; we are not certain of it.</extracomment>
        <translation>おそらく %1</translation>
    </message>
    <message>
        <source>%1 sits easier here</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>%1 ならゆったり</translation>
    </message>
    <message>
        <source>%1 sits closer here</source>
        <translation>%1 ならすっきり</translation>
    </message>
    <message>
        <source>%1 is your size here</source>
        <translation>こちらは %1 がぴったり</translation>
    </message>
    <message>
        <source>%1 is sold out in this colour. In %2 it is here.</source>
        <extracomment>%1 is a size that would fit, %2 a colour.</extracomment>
        <translation>この色の%1は品切れです。%2ならございます。</translation>
    </message>
    <message>
        <source>%1 would be your size, and it is sold out. We are glad to look with you.</source>
        <extracomment>%1 is a size that would fit.</extracomment>
        <translation>お客様には%1が合いそうですが、品切れです。ご一緒にお探しします。</translation>
    </message>
    <message>
        <source>Two hints point to different sizes. Try both; we bring the other one.</source>
        <translation>手がかりが二つのサイズに分かれています。両方お試しください。もう一方をお持ちします。</translation>
    </message>
    <message>
        <source>Two hints point to different sizes. Trying it on will tell.</source>
        <translation>二つの手がかりが異なるサイズを示しています。ご試着でわかります。</translation>
    </message>
    <message>
        <source>Here we know too little to be sure. Trying it on will tell; we bring the next size at once.</source>
        <translation>こちらはまだ確かではありません。ご試着でお確かめください。次のサイズもすぐにお持ちします。</translation>
    </message>
    <message>
        <source>It runs small, yet %1.</source>
        <extracomment>%1 is a clause: &quot;41 of 60 kept their usual size&quot;, or &quot;M is the likeliest&quot;.</extracomment>
        <translation>小さめの作りですが、%1。</translation>
    </message>
    <message>
        <source>This one runs small: %1.</source>
        <translation>この商品は小さめの作りです。%1。</translation>
    </message>
    <message>
        <source>This one runs small.</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>この商品は小さめの作りです。</translation>
    </message>
    <message>
        <source>It runs large, yet %1.</source>
        <translation>大きめの作りですが、%1。</translation>
    </message>
    <message>
        <source>This one runs large: %1.</source>
        <translation>この商品は大きめの作りです。%1。</translation>
    </message>
    <message>
        <source>This one runs large.</source>
        <translation>この商品は大きめの作りです。</translation>
    </message>
    <message>
        <source>True to size: %1.</source>
        <translation>標準のサイズ感です。%1。</translation>
    </message>
    <message>
        <source>True to size.</source>
        <translation>標準のサイズ感です。</translation>
    </message>
    <message>
        <source>You usually take %1, and this one is true to size.</source>
        <extracomment>%1 is the size that the shopper usually takes.</extracomment>
        <translation>いつもは %1 ですね。この商品は標準のサイズ感です。</translation>
    </message>
    <message>
        <source>The size you usually take.</source>
        <translation>いつものサイズです。</translation>
    </message>
    <message>
        <source>%1 is the likeliest</source>
        <extracomment>%1 is a size; the end of a sentence.</extracomment>
        <translation>%1 が一番合いそうです</translation>
    </message>
    <message>
        <source>From height and weight. The chart behind it was measured on other people, so it is a hint.</source>
        <translation>身長と体重から。他の方々の測定による表ですので、目安です。</translation>
    </message>
    <message>
        <source>Nobody has told us yet how this one sits.</source>
        <translation>この商品の着心地は、まだどなたからも伺っていません。</translation>
    </message>
    <message>
        <source>We are not sure yet. Try both; we bring the other one.</source>
        <translation>まだ確かではありません。両方お試しください。もう一方をお持ちします。</translation>
    </message>
    <message>
        <source>We are not sure yet. Trying it on will tell.</source>
        <translation>まだ確かではありません。ご試着でお確かめください。</translation>
    </message>
    <message>
        <source>Good to know. It stays as it is.</source>
        <translation>ありがとうございます。このままでどうぞ。</translation>
    </message>
    <message>
        <source>The size is right; a tailor pins it here, on you.</source>
        <translation>サイズはこのままで、この場でお直しの印をお付けします。</translation>
    </message>
    <message>
        <source>%1 is the most generous one; our tailor looks at it with you.</source>
        <extracomment>%1 is the last size of the garment, at either end.</extracomment>
        <translation>%1 が一番ゆったりしたサイズです。仕立て係がご一緒に拝見します。</translation>
    </message>
    <message>
        <source>%1 is the closest one; our tailor looks at it with you.</source>
        <translation>%1 が一番細身のサイズです。仕立て係がご一緒に拝見します。</translation>
    </message>
    <message>
        <source>%1 gives a little more room.</source>
        <translation>%1 なら少しゆとりがあります。</translation>
    </message>
    <message>
        <source>%1 sits a little closer.</source>
        <translation>%1 なら少し身体に沿います。</translation>
    </message>
    <message>
        <source>%1 of %2 who usually take %3 kept %4</source>
        <extracomment>%1 of %2 shoppers whose usual size is %3 kept size %4.</extracomment>
        <translation>ふだん %3 の %2名のうち %1名が %4 に決めました</translation>
    </message>
    <message>
        <source>%1 of %2 kept their usual size</source>
        <translation>%2名のうち %1名がいつものサイズに決めました</translation>
    </message>
    <message>
        <source>with you</source>
        <translation>お手元に</translation>
    </message>
    <message numerus="yes">
        <source>%n here</source>
        <extracomment>Pieces of one size that hang on the shop floor.</extracomment>
        <translation>
            <numerusform>店頭 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the back</source>
        <extracomment>Pieces of one size in the stockroom.</extracomment>
        <translation>
            <numerusform>倉庫 %n</numerusform>
        </translation>
    </message>
    <message>
        <source>expected</source>
        <extracomment>Of a size that is on its way to this shop. Short.</extracomment>
        <translation>お届け待ち</translation>
    </message>
    <message>
        <source>gone</source>
        <extracomment>Of a size that is not to be had.</extracomment>
        <translation>完売</translation>
    </message>
    <message>
        <source>With you in the room</source>
        <translation>試着室のお手元に</translation>
    </message>
    <message numerus="yes">
        <source>%n on the floor</source>
        <translation>
            <numerusform>店頭に %n点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the stockroom</source>
        <translation>
            <numerusform>倉庫に %n点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in %1</source>
        <extracomment>%1 is another shop&apos;s town.</extracomment>
        <translation>
            <numerusform>%1店に %n点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n on the way to us</source>
        <extracomment>Pieces of one size that are being delivered to this shop.</extracomment>
        <translation>
            <numerusform>%n点 お届け待ち</numerusform>
        </translation>
    </message>
    <message>
        <source>Not to be had at the moment</source>
        <translation>ただいまご用意がございません</translation>
    </message>
    <message>
        <source>Counted just now</source>
        <translation>ただいま確認した在庫</translation>
    </message>
    <message numerus="yes">
        <source>Counted %n minutes ago</source>
        <translation>
            <numerusform>%n分前に確認した在庫</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted %n hours ago</source>
        <translation>
            <numerusform>%n時間前に確認した在庫</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted %n days ago</source>
        <translation>
            <numerusform>%n日前に確認した在庫</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StaffMessage</name>
    <message>
        <source>From %1</source>
        <extracomment>Over a message that an associate has written to the shopper. %1 is the associate&apos;s first name.</extracomment>
        <translation>%1より</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>Takes an associate&apos;s message off the mirror. Short.</extracomment>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>StillTherePage</name>
    <message>
        <source>Are you still there?</source>
        <translation>まだいらっしゃいますか</translation>
    </message>
    <message>
        <source>Yes, I am here</source>
        <translation>はい、います</translation>
    </message>
    <message>
        <source>I have only just come</source>
        <extracomment>Touched by a shopper who has just come into the room of another one.</extracomment>
        <translation>今来たところです</translation>
    </message>
</context>
<context>
    <name>TailorTexts</name>
    <message>
        <source>You pay when you fetch it.</source>
        <extracomment>The price of an alteration is not charged now.</extracomment>
        <translation>お支払いはお受け取りのときです。</translation>
    </message>
    <message>
        <source>ready on %1</source>
        <extracomment>An altered garment can be fetched on %1, a day such as Thursday, 3 Dec. Follows the price.</extracomment>
        <translation>%1 仕上がり</translation>
    </message>
</context>
<context>
    <name>WardrobePage</name>
    <message>
        <source>With you, %1</source>
        <extracomment>Over the garments that hang in the shopper&apos;s room.</extracomment>
        <translation>%1 様のお手元</translation>
    </message>
    <message>
        <source>With you</source>
        <translation>お手元の商品</translation>
    </message>
    <message>
        <source>Hang your pieces here. They appear by themselves.</source>
        <translation>こちらにお掛けください。商品がひとりでに現れます。</translation>
    </message>
    <message>
        <source>Goes with it</source>
        <extracomment>Over the suggestions that go along with the garments in the room.</extracomment>
        <translation>合わせるなら</translation>
    </message>
    <message>
        <source>Your receipt</source>
        <extracomment>Opens the receipt of what was paid in this visit. Short.</extracomment>
        <translation>レシート</translation>
    </message>
    <message>
        <source>Basket</source>
        <extracomment>Opens the basket. The sum stands beside it.</extracomment>
        <translation>お会計</translation>
    </message>
</context>
</TS>
