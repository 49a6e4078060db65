<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh" sourcelanguage="en">
<context>
    <name>AsideRow</name>
    <message>
        <source>At the desk you need only this code: %1</source>
        <extracomment>%1 is a short code of letters and digits, with which the shopper fetches the garment.</extracomment>
        <translation>在柜台只需出示此代码：%1</translation>
    </message>
    <message>
        <source>You can leave it hanging here.</source>
        <translation>可以留在这里。</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <extracomment>The garment need not be kept for the shopper any more.</extracomment>
        <translation>不再需要</translation>
    </message>
</context>
<context>
    <name>AsideTexts</name>
    <message>
        <source>Put it aside for me</source>
        <extracomment>Asks the shop to keep a garment for the shopper until a day; she fetches it at the desk. Short.</extracomment>
        <translation>请为我预留</translation>
    </message>
    <message>
        <source>Put aside for you</source>
        <extracomment>Opens the list of garments that the shop keeps for her. Short.</extracomment>
        <translation>为您预留</translation>
    </message>
    <message>
        <source>We are putting it aside</source>
        <translation>我们为您预留</translation>
    </message>
    <message>
        <source>%1 has put it aside for you</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>%1 已为您预留</translation>
    </message>
    <message>
        <source>This one cannot be put aside. Ask us about it.</source>
        <translation>这件无法预留，请询问我们。</translation>
    </message>
    <message>
        <source>No longer put aside</source>
        <translation>已不再预留</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>%1 is a day of the month, %2 the month: its short name, or its number in Japanese, Chinese and Arabic.</extracomment>
        <translation>%2/%1</translation>
    </message>
    <message>
        <source>Until %1, %2</source>
        <extracomment>Until when a garment is kept. %1 is a date, %2 a time of day.</extracomment>
        <translation>至 %1 %2</translation>
    </message>
</context>
<context>
    <name>AskPage</name>
    <message>
        <source>What may we do for you?</source>
        <translation>有什么可以为您效劳？</translation>
    </message>
    <message>
        <source>Another size or colour</source>
        <translation>其他尺码或颜色</translation>
    </message>
    <message>
        <source>touch the piece, then the size</source>
        <translation>先点衣物，再点尺码</translation>
    </message>
    <message>
        <source>Nobody is signed in at the rooms just now; whoever comes sees your call first.</source>
        <translation>试衣间此刻没有同事；来的人会最先看到您的呼叫。</translation>
    </message>
</context>
<context>
    <name>AwayPage</name>
    <message>
        <source>Until next time</source>
        <translation>期待再会</translation>
    </message>
    <message>
        <source>This mirror keeps nothing of your visit.</source>
        <translation>这面镜子不会保留您此次到访的任何信息。</translation>
    </message>
</context>
<context>
    <name>BasketPage</name>
    <message>
        <source>Basket</source>
        <translation>购物袋</translation>
    </message>
    <message>
        <source>Nothing hangs with you yet.</source>
        <translation>您这里还没有挂衣物。</translation>
    </message>
    <message>
        <source>Nothing chosen yet. Touch what you would like to take home.</source>
        <translation>还没有选好。请点按您想带走的衣物。</translation>
    </message>
    <message numerus="yes">
        <source>%n pieces</source>
        <extracomment>Before the sum of the basket; %n pieces are in it.</extracomment>
        <translation>
            <numerusform>%n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>You save %1.</source>
        <extracomment>Under the total of the basket; %1 is the amount that promotions take off.</extracomment>
        <translation>已为您节省%1。</translation>
    </message>
    <message>
        <source>Before tax. You see the total with tax before you pay.</source>
        <translation>不含税。付款前会显示含税总额。</translation>
    </message>
    <message>
        <source>Pay here</source>
        <translation>在此付款</translation>
    </message>
</context>
<context>
    <name>BasketRow</name>
    <message>
        <source>No longer with you, so it is not counted.</source>
        <translation>已不在您身边，没有算在内。</translation>
    </message>
    <message>
        <source>Take out</source>
        <extracomment>At a garment in the basket: takes it out. Short.</extracomment>
        <translation>取出</translation>
    </message>
</context>
<context>
    <name>DeliveryPage</name>
    <message>
        <source>Pay here</source>
        <translation>在此付款</translation>
    </message>
</context>
<context>
    <name>DeliveryTexts</name>
    <message>
        <source>How would you like it?</source>
        <extracomment>Title of the page on which she chooses how she gets her garments.</extracomment>
        <translation>您想如何取货？</translation>
    </message>
    <message>
        <source>Or each piece its own way: touch it.</source>
        <extracomment>Below the ways, which count for all garments; below it they are listed.</extracomment>
        <translation>也可以每件分别选择：请轻触。</translation>
    </message>
    <message>
        <source>We cannot say just now. Take it with you, or ask us.</source>
        <translation>现在还不能确定。您可以带走，或者问问我们。</translation>
    </message>
    <message>
        <source>One of us takes down your address before you leave.</source>
        <extracomment>She has chosen to have something sent. The address is not typed on the mirror.</extracomment>
        <translation>您离开前，我们会记下您的地址。</translation>
    </message>
    <message numerus="yes">
        <source>%n sent or kept for you</source>
        <extracomment>Opens the page on which she chooses how she gets her garments. Short.</extracomment>
        <translation>
            <numerusform>%n件送货或代为保管</numerusform>
        </translation>
    </message>
    <message>
        <source>Have it sent or kept for you</source>
        <translation>送货或代为保管</translation>
    </message>
    <message>
        <source>In a bag at the desk</source>
        <extracomment>The garments wait in a bag at the shop&apos;s desk. Short.</extracomment>
        <translation>装好袋，放在服务台</translation>
    </message>
    <message>
        <source>I collect it another day</source>
        <extracomment>She collects the garments on another day. Short.</extracomment>
        <translation>改天来取</translation>
    </message>
    <message>
        <source>Sent home</source>
        <extracomment>The garments are sent to her address. Short.</extracomment>
        <translation>送货上门</translation>
    </message>
    <message>
        <source>With me now</source>
        <extracomment>She takes the garments along now. Short.</extracomment>
        <translation>现在带走</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>From today</source>
        <translation>今天起</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>From tomorrow</source>
        <translation>明天起</translation>
    </message>
    <message>
        <source>On %1</source>
        <extracomment>%1 is a day, such as Thursday, 3 Dec: on this one, and from this one on.</extracomment>
        <translation>%1</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>%1起</translation>
    </message>
    <message>
        <source>%1, %2 %3</source>
        <extracomment>%1 is the day of the week, %2 the day of the month, %3 the month: its short name, or its number in Arabic.</extracomment>
        <translation>%1, %2 %3</translation>
    </message>
    <message>
        <source>plus %1</source>
        <extracomment>%1 is what it costs.</extracomment>
        <translation>另加 %1</translation>
    </message>
    <message>
        <source>at no charge</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>if you order within %1 h %2 min</source>
        <extracomment>%1 hours and %2 minutes are left in which this day can be promised.</extracomment>
        <translation>%1小时%2分钟内下单</translation>
    </message>
    <message>
        <source>if you order within %1 min</source>
        <translation>%1分钟内下单</translation>
    </message>
</context>
<context>
    <name>FitFeedback</name>
    <message>
        <source>How does it feel?</source>
        <translation>穿着感觉如何？</translation>
    </message>
    <message>
        <source>Where?</source>
        <translation>哪里？</translation>
    </message>
    <message>
        <source>Change</source>
        <extracomment>Takes back the rating of how a piece fits. Short.</extracomment>
        <translation>更改</translation>
    </message>
</context>
<context>
    <name>FitPage</name>
    <message>
        <source>Your height and weight</source>
        <translation>您的身高和体重</translation>
    </message>
    <message>
        <source>A size that fits you</source>
        <translation>您合身的尺码</translation>
    </message>
    <message>
        <source>Think of a piece you like to wear: where is it from, and what is on its label?</source>
        <translation>想一件您喜欢穿的衣服：来自哪里，标签上写的是什么？</translation>
    </message>
    <message>
        <source>So that we need not guess your size.</source>
        <translation>这样我们就不必猜您的尺码。</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>身高</translation>
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
        <translation>标签</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺码</translation>
    </message>
    <message>
        <source>in centimetres and kilos</source>
        <translation>用厘米和公斤</translation>
    </message>
    <message>
        <source>in feet and pounds</source>
        <translation>用英尺和磅</translation>
    </message>
    <message>
        <source>Rather a size that fits me</source>
        <translation>还是说我合身的尺码</translation>
    </message>
    <message>
        <source>Rather height and weight</source>
        <translation>还是说身高和体重</translation>
    </message>
    <message>
        <source>Advise me</source>
        <translation>给我建议</translation>
    </message>
    <message>
        <source>Asked once, written down nowhere, forgotten when you leave.</source>
        <translation>只问一次，不作记录，您离开后即忘。</translation>
    </message>
    <message>
        <source>I would rather not say</source>
        <extracomment>Leaves a question without an answer.</extracomment>
        <translation>我不想说</translation>
    </message>
</context>
<context>
    <name>FitTexts</name>
    <message>
        <source>just right</source>
        <extracomment>How a garment feels that was tried on. Short.</extracomment>
        <translation>刚刚好</translation>
    </message>
    <message>
        <source>a little tight</source>
        <translation>稍紧</translation>
    </message>
    <message>
        <source>a little loose</source>
        <translation>稍松</translation>
    </message>
    <message>
        <source>shoulders</source>
        <extracomment>Where a garment feels tight or loose. Short.</extracomment>
        <translation>肩部</translation>
    </message>
    <message>
        <source>chest</source>
        <translation>胸部</translation>
    </message>
    <message>
        <source>waist</source>
        <translation>腰部</translation>
    </message>
    <message>
        <source>hips</source>
        <translation>臀部</translation>
    </message>
    <message>
        <source>sleeves</source>
        <translation>袖子</translation>
    </message>
    <message>
        <source>length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>width</source>
        <extracomment>The width of a shoe.</extracomment>
        <translation>宽度</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Back</source>
        <extracomment>Goes one page back. Short.</extracomment>
        <translation>返回</translation>
    </message>
    <message>
        <source>Just a mirror</source>
        <extracomment>Clears the screen, so that it is only a mirror. Short.</extracomment>
        <translation>只要镜子</translation>
    </message>
    <message>
        <source>Help</source>
        <extracomment>Opens the page where one can ask for help. Short.</extracomment>
        <translation>帮助</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Erase</source>
        <extracomment>Removes the last digit that was typed. Short.</extracomment>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>LookPage</name>
    <message>
        <source>Goes with it</source>
        <translation>可以搭配</translation>
    </message>
    <message>
        <source>One moment, we are looking through the house.</source>
        <translation>请稍候，我们正在店内寻找。</translation>
    </message>
    <message>
        <source>Nothing more to suggest just now. Ask us; we like to look with you.</source>
        <translation>暂时没有更多推荐。请告诉我们，我们乐意陪您一起找。</translation>
    </message>
    <message>
        <source>Show others</source>
        <extracomment>Shows the next three suggestions.</extracomment>
        <translation>看看其他</translation>
    </message>
</context>
<context>
    <name>LookRow</name>
    <message>
        <source>Asked for</source>
        <translation>已提出</translation>
    </message>
    <message>
        <source>Not this</source>
        <extracomment>Takes a suggestion away. Short.</extracomment>
        <translation>不要这件</translation>
    </message>
</context>
<context>
    <name>LookTexts</name>
    <message numerus="yes">
        <source>%n have taken it along with the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>
            <numerusform>%n 位顾客与“%1”一起带走</numerusform>
        </translation>
    </message>
    <message>
        <source>Often taken along with the %1</source>
        <translation>常与“%1”一起带走</translation>
    </message>
    <message>
        <source>The same cloth: %1</source>
        <extracomment>%1 is a material or a garment of that material.</extracomment>
        <translation>同款面料：%1</translation>
    </message>
    <message>
        <source>Completes the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>为“%1”点睛</translation>
    </message>
    <message>
        <source>Completes the look</source>
        <translation>让整体更完整</translation>
    </message>
    <message>
        <source>Chosen by %1</source>
        <extracomment>%1 is a stylist&apos;s first name.</extracomment>
        <translation>%1 为您挑选</translation>
    </message>
    <message>
        <source>New this week</source>
        <translation>本周新到</translation>
    </message>
    <message>
        <source>Much loved this season</source>
        <translation>本季备受喜爱</translation>
    </message>
    <message>
        <source>Goes with the %1</source>
        <extracomment>%1 is a garment of the room.</extracomment>
        <translation>与“%1”相配</translation>
    </message>
    <message>
        <source>Goes with your pieces</source>
        <translation>与您的衣物相配</translation>
    </message>
    <message>
        <source>often together</source>
        <extracomment>Two pieces that others have often taken together. Short.</extracomment>
        <translation>常被一起选</translation>
    </message>
    <message>
        <source>the same cloth</source>
        <translation>同款面料</translation>
    </message>
    <message>
        <source>completes the look</source>
        <translation>点睛之选</translation>
    </message>
    <message>
        <source>chosen by %1</source>
        <translation>%1 挑选</translation>
    </message>
    <message>
        <source>new this week</source>
        <translation>新到</translation>
    </message>
    <message>
        <source>much loved</source>
        <translation>备受喜爱</translation>
    </message>
    <message>
        <source>goes along</source>
        <translation>很相配</translation>
    </message>
</context>
<context>
    <name>MessagePiece</name>
    <message>
        <source>Asked for</source>
        <translation>已提出</translation>
    </message>
</context>
<context>
    <name>OfferActions</name>
    <message>
        <source>Bring me %1</source>
        <extracomment>Asks an associate to bring the garment in size %1.</extracomment>
        <translation>请拿 %1 码给我</translation>
    </message>
    <message>
        <source>Bring me %1 and %2</source>
        <extracomment>Asks an associate to bring the garment in two sizes, since either may fit. Short.</extracomment>
        <translation>请拿 %1 码和 %2 码给我</translation>
    </message>
    <message>
        <source>Bring it to me</source>
        <translation>请拿给我</translation>
    </message>
    <message>
        <source>See where it is</source>
        <translation>看看到哪了</translation>
    </message>
    <message>
        <source>Ask us about it</source>
        <translation>问问我们</translation>
    </message>
    <message>
        <source>You have asked for it.</source>
        <translation>您已提出。</translation>
    </message>
    <message>
        <source>This one hangs with you.</source>
        <translation>这件就在您身边。</translation>
    </message>
    <message>
        <source>See your basket</source>
        <translation>查看已选</translation>
    </message>
    <message>
        <source>See it in %1</source>
        <extracomment>Shows the garment in the colour %1.</extracomment>
        <translation>看看%1</translation>
    </message>
    <message>
        <source>We change it for the one you paid, at no charge.</source>
        <extracomment>Another size of a garment that the shopper has paid already in this visit.</extracomment>
        <translation>我们为您换下已付款的那件，不另收款。</translation>
    </message>
    <message>
        <source>Touch your size, and we bring it.</source>
        <extracomment>No size is chosen yet; the sizes are above.</extracomment>
        <translation>先点尺码，我们拿来。</translation>
    </message>
    <message>
        <source>%1 is in the house. Nobody is signed in at the rooms just now; whoever comes sees your call first.</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>%1 码店里有。试衣间此刻没有同事；来的人会最先看到您的呼叫。</translation>
    </message>
    <message>
        <source>%1 hangs in %2. We can have it sent or put aside for you.</source>
        <extracomment>%1 is a size, %2 another shop&apos;s town.</extracomment>
        <translation>%1 码在%2。我们可以为您调货或预留。</translation>
    </message>
    <message>
        <source>%1 is sold out in this colour. In %2 it is here.</source>
        <extracomment>%1 is a size, %2 a colour.</extracomment>
        <translation>此颜色的 %1 已售完，%2 有货。</translation>
    </message>
    <message>
        <source>This one is on its way to us. We can put it aside for you.</source>
        <translation>这件正在运来本店。我们可以为您预留。</translation>
    </message>
    <message>
        <source>Not to be had in this size and colour at the moment.</source>
        <translation>此尺码与颜色目前没有货。</translation>
    </message>
    <message>
        <source>Take it out again</source>
        <extracomment>Takes the garment out of the basket.</extracomment>
        <translation>再取出来</translation>
    </message>
    <message>
        <source>All sizes and colours</source>
        <translation>全部尺码与颜色</translation>
    </message>
    <message>
        <source>Have it pinned on me</source>
        <extracomment>Asks for an alteration: a tailor pins the garment on the shopper.</extracomment>
        <translation>请为我量身别针</translation>
    </message>
    <message>
        <source>Leave it at the door</source>
        <extracomment>The associate leaves the garment outside the fitting room.</extracomment>
        <translation>放在门外</translation>
    </message>
</context>
<context>
    <name>PairingPage</name>
    <message>
        <source>This mirror takes a short break</source>
        <translation>这面镜子稍后再为您服务</translation>
    </message>
    <message>
        <source>Connect this mirror</source>
        <translation>连接这面镜子</translation>
    </message>
    <message>
        <source>Please ask one of us. It stays a mirror all the while.</source>
        <translation>请告诉我们的店员。它仍然是一面镜子。</translation>
    </message>
    <message>
        <source>For our team</source>
        <extracomment>Opens the page for technicians.</extracomment>
        <translation>店员入口</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>Leaves the page for technicians. Short.</extracomment>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>PairingTexts</name>
    <message>
        <source>This mirror does not know its store yet.</source>
        <translation>这面镜子尚未与店内系统连接。</translation>
    </message>
    <message>
        <source>The store does not know this mirror any more: its access was ended, or another mirror has this room.</source>
        <translation>店内系统不再识别这面镜子：它的权限已被取消，或此试衣间已有另一面镜子。</translation>
    </message>
    <message>
        <source>What answers at the store&apos;s address cannot prove that it is your store, so this mirror sends nothing to it. If the store was not set up anew, call your technician: somebody may be on the network.</source>
        <translation>在店内系统地址应答的设备无法证明自己是店内系统，因此这面镜子不向它发送任何内容。如果店内系统没有重新安装，请联系技术人员：可能有他人接入。</translation>
    </message>
    <message>
        <source>On the team&apos;s page, a manager opens “Devices”, chooses room %1 and shows a code. Enter it here within two minutes.</source>
        <extracomment>%1 is the name of the fitting room. “Devices” is the name of the tab on the associates&apos; page.</extracomment>
        <translation>经理在店员页面打开“设备”，选择试衣间 %1 并显示验证码。请在两分钟内在此输入。</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>已连接。</translation>
    </message>
    <message>
        <source>This code is not right, or somebody is between mirror and store. Show a new one and try once more.</source>
        <translation>验证码不对，或镜子与店内系统之间有他人。请显示新的验证码再试一次。</translation>
    </message>
    <message>
        <source>No code is open for room %1. Show a new one.</source>
        <translation>试衣间 %1 没有有效的验证码。请显示新的验证码。</translation>
    </message>
    <message>
        <source>The store does not answer. Is it running, and is this mirror on its network?</source>
        <translation>店内系统没有应答。它在运行吗？这面镜子与它连接了吗？</translation>
    </message>
    <message>
        <source>The store did not accept this. Show a new code and try again.</source>
        <translation>未被接受。请显示新的验证码再试一次。</translation>
    </message>
    <message>
        <source>This computer could not save it. Call your technician.</source>
        <translation>无法保存在这面镜子中。请联系技术人员。</translation>
    </message>
</context>
<context>
    <name>PayPage</name>
    <message>
        <source>Not this way</source>
        <translation>换种方式</translation>
    </message>
</context>
<context>
    <name>PaymentTexts</name>
    <message>
        <source>Adding it up</source>
        <translation>正在结算</translation>
    </message>
    <message>
        <source>Shall we?</source>
        <translation>现在付款吗？</translation>
    </message>
    <message>
        <source>Pay with %1?</source>
        <extracomment>%1 is how the stored means of payment is named, such as a card&apos;s last digits.</extracomment>
        <translation>用 %1 付款吗？</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>Waking the terminal</source>
        <translation>正在唤醒终端</translation>
    </message>
    <message>
        <source>Hold your card, phone or ring here</source>
        <translation>请将卡、手机或戒指靠近此处</translation>
    </message>
    <message>
        <source>One of us takes your payment</source>
        <translation>店员将为您收款</translation>
    </message>
    <message>
        <source>A moment, please</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>We are asking the terminal</source>
        <translation>我们正在询问终端</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>谢谢</translation>
    </message>
    <message>
        <source>That did not go through</source>
        <translation>这次没有成功</translation>
    </message>
    <message>
        <source>You get it back</source>
        <translation>正在退还给您</translation>
    </message>
    <message>
        <source>It was given back</source>
        <translation>已退还</translation>
    </message>
    <message>
        <source>Not to be paid here just now</source>
        <translation>此处暂时无法付款</translation>
    </message>
    <message>
        <source>Paying is resting for a moment</source>
        <translation>付款请稍候</translation>
    </message>
    <message>
        <source>Let us look at it together</source>
        <translation>我们一起看看</translation>
    </message>
    <message>
        <source>%1 before tax</source>
        <translation>税前 %1</translation>
    </message>
    <message>
        <source>plus %1 tax: %2</source>
        <extracomment>%1 is the rate, such as 19 %, %2 the amount of the tax.</extracomment>
        <translation>税 %1：%2</translation>
    </message>
    <message>
        <source>incl. %1 VAT: %2</source>
        <translation>含 %1 增值税：%2</translation>
    </message>
    <message>
        <source>The terminal is being made ready for you.</source>
        <translation>终端正在为您准备。</translation>
    </message>
    <message>
        <source>Only a part of it went through, so it is being given back. There is nothing for you to do.</source>
        <translation>只扣了一部分，正在退还。您无需任何操作。</translation>
    </message>
    <message>
        <source>Your card was charged after it was stopped, so it is being given back. There is nothing for you to do.</source>
        <translation>停止之后卡才被扣款，正在退还。您无需任何操作。</translation>
    </message>
    <message>
        <source>Nothing stays charged. It may take your bank a few days to show it.</source>
        <translation>不会留下任何扣款。银行显示可能需要几天。</translation>
    </message>
    <message>
        <source>The price has changed since. This is the total now.</source>
        <translation>价格已有变化。这是现在的总额。</translation>
    </message>
    <message>
        <source>Your ring was recognised.</source>
        <translation>已识别您的戒指。</translation>
    </message>
    <message>
        <source>to the left of the mirror, at the small light</source>
        <translation>镜子左侧，小灯处</translation>
    </message>
    <message>
        <source>below the mirror, at the small light</source>
        <translation>镜子下方，小灯处</translation>
    </message>
    <message>
        <source>to the right of the mirror, at the small light</source>
        <translation>镜子右侧，小灯处</translation>
    </message>
    <message>
        <source>With our own terminal. A moment, please: someone is coming to you.</source>
        <translation>使用店内终端。请稍候，店员正前来。</translation>
    </message>
    <message>
        <source>Its answer did not arrive. You will not be charged twice.</source>
        <translation>终端的答复尚未送达。绝不会重复扣款。</translation>
    </message>
    <message>
        <source>We could not learn whether it went through. Nothing is charged twice; we settle it together.</source>
        <translation>我们未能得知付款是否成功。绝不会重复扣款，我们与您一起处理。</translation>
    </message>
    <message>
        <source>Your pieces stay as they are. Call us, or pay at the desk.</source>
        <translation>您的衣物保持不变。请叫我们，或到收银台付款。</translation>
    </message>
    <message>
        <source>Yes, pay %1</source>
        <extracomment>Confirms the payment of %1.</extracomment>
        <translation>是，付 %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Call someone</source>
        <translation>叫人过来</translation>
    </message>
    <message>
        <source>Pay by card or phone</source>
        <translation>用卡或手机付款</translation>
    </message>
    <message>
        <source>Your ring or card was read.</source>
        <extracomment>A ring or card of the house was laid on the reader to pay; it is being checked.</extracomment>
        <translation>您的戒指或卡已被认出。</translation>
    </message>
    <message>
        <source>Or lay your ring or house card on the reader: that pays with %1.</source>
        <translation>或将您的戒指或会员卡放在读卡处，就用 %1 付款。</translation>
    </message>
    <message>
        <source>Nothing was charged. Try again, or pay another way.</source>
        <translation>没有扣款。请再试一次，或换一种方式付款。</translation>
    </message>
    <message>
        <source>No card was held to it, and nothing was charged.</source>
        <translation>没有检测到卡，也没有扣款。</translation>
    </message>
    <message>
        <source>Stopped as you wished. Nothing was charged.</source>
        <translation>已按您的意愿停止，没有扣款。</translation>
    </message>
    <message>
        <source>Above what this ring may pay today. Pay by card, please.</source>
        <translation>超出了这枚戒指今日可付的金额，请用卡付款。</translation>
    </message>
    <message>
        <source>These pieces are being paid for at the desk.</source>
        <translation>这些衣物正在收银台结账。</translation>
    </message>
    <message>
        <source>The terminal is in use, and nothing was charged. Try again in a moment.</source>
        <translation>终端正在使用，没有扣款。请稍后再试。</translation>
    </message>
    <message>
        <source>That took too long, so nothing was charged. Try again, please.</source>
        <translation>用时过长，因此没有扣款。请再试一次。</translation>
    </message>
    <message>
        <source>One of these pieces is paid for already. Nothing was charged.</source>
        <translation>其中一件已付款。没有扣款。</translation>
    </message>
    <message>
        <source>Not here just now, and nothing was charged. Pay at the desk, please.</source>
        <translation>此处暂时无法付款，没有扣款。请到柜台付款。</translation>
    </message>
    <message>
        <source>Nothing was charged, and your pieces stay as they are. Call us, and one of us looks after it with you.</source>
        <translation>没有扣款，您的衣物保持不变。请呼叫我们，店员会为您办理。</translation>
    </message>
    <message>
        <source>The card was not accepted and nothing was charged. Another card, or once more?</source>
        <translation>此卡未被接受，没有扣款。换一张卡，或再试一次？</translation>
    </message>
</context>
<context>
    <name>PictureSteps</name>
    <message>
        <source>Next picture</source>
        <extracomment>Shows the next picture of the garment.</extracomment>
        <translation>下一张</translation>
    </message>
</context>
<context>
    <name>PieceCell</name>
    <message>
        <source>New to us</source>
        <extracomment>A garment that is not in the catalogue.</extracomment>
        <translation>我们还不认识</translation>
    </message>
    <message>
        <source>yours</source>
        <extracomment>At a piece that has been paid; and at one of which another size is advised (%1).</extracomment>
        <translation>归您所有</translation>
    </message>
    <message>
        <source>try %1</source>
        <translation>试试 %1</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>Not mine</source>
        <translation>不是</translation>
    </message>
</context>
<context>
    <name>PreparedCell</name>
    <message>
        <source>Asked for</source>
        <translation>已提出</translation>
    </message>
</context>
<context>
    <name>PreparedTexts</name>
    <message>
        <source>Everything is with you.</source>
        <extracomment>Every piece that was prepared for the shopper hangs in her room by now.</extracomment>
        <translation>全部都在您身边了。</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <extracomment>Over the pieces that %1, an associate, has chosen for the shopper before she came. Short.</extracomment>
        <translation>为您准备</translation>
    </message>
    <message>
        <source>Waiting for you, chosen by %1</source>
        <translation>%1 为您挑选准备</translation>
    </message>
    <message>
        <source>Look %1</source>
        <extracomment>Pieces of one number are to be worn together. Short.</extracomment>
        <translation>搭配%1</translation>
    </message>
    <message>
        <source>Here for you</source>
        <extracomment>An associate has fetched the piece and keeps it near the fitting rooms.</extracomment>
        <translation>已为您取来</translation>
    </message>
    <message>
        <source>On the floor</source>
        <extracomment>The piece hangs on the sales floor. %1 is the name of its rail.</extracomment>
        <translation>在卖场</translation>
    </message>
    <message>
        <source>Hangs at: %1</source>
        <translation>位置：%1</translation>
    </message>
    <message>
        <source>We bring it to you</source>
        <extracomment>The piece is in the stockroom; an associate brings it.</extracomment>
        <translation>我们为您送来</translation>
    </message>
    <message>
        <source>Just gone; ask us</source>
        <extracomment>The piece that was chosen is not in this shop any more.</extracomment>
        <translation>刚刚售完，请问我们</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>Your receipt is being printed.</source>
        <translation>正在打印您的收据。</translation>
    </message>
    <message>
        <source>Here is your receipt, on paper.</source>
        <translation>您的纸质收据已打印好。</translation>
    </message>
    <message>
        <source>The printer does not answer just now. With this number we are glad to give it to you at the desk.</source>
        <translation>打印机暂时没有响应。凭此号码，我们很乐意在收银台为您提供。</translation>
    </message>
    <message>
        <source>With this number we are glad to give it to you at the desk.</source>
        <translation>凭此号码，我们很乐意在收银台为您提供。</translation>
    </message>
    <message>
        <source>Thank you, %1</source>
        <translation>谢谢您，%1</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>谢谢</translation>
    </message>
    <message>
        <source>%1 is paid, and the pieces are yours.</source>
        <translation>%1 已付清，衣物归您了。</translation>
    </message>
    <message>
        <source>Your receipt, to take along</source>
        <translation>您的收据，请扫码带走</translation>
    </message>
    <message>
        <source>Your receipt</source>
        <translation>您的收据</translation>
    </message>
    <message>
        <source>Print my receipt</source>
        <translation>打印收据</translation>
    </message>
    <message>
        <source>Print it once more</source>
        <translation>再打印一次</translation>
    </message>
    <message>
        <source>Finish and forget me</source>
        <extracomment>Ends the visit; the mirror forgets everything of it.</extracomment>
        <translation>结束并忘记我</translation>
    </message>
</context>
<context>
    <name>RequestPage</name>
    <message>
        <source>Asked for</source>
        <extracomment>Over the list of what the shopper has asked for.</extracomment>
        <translation>已提出</translation>
    </message>
    <message>
        <source>Nothing is asked for at the moment.</source>
        <translation>目前没有请求。</translation>
    </message>
</context>
<context>
    <name>RequestRow</name>
    <message>
        <source>It will be left at the door.</source>
        <translation>会放在门外。</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <extracomment>Takes a request back.</extracomment>
        <translation>不再需要</translation>
    </message>
</context>
<context>
    <name>RequestTexts</name>
    <message>
        <source>Being sent</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>尚未发出</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已收到</translation>
    </message>
    <message>
        <source>We are finding someone</source>
        <translation>仍在为您找人</translation>
    </message>
    <message>
        <source>%1 asks you to come out</source>
        <extracomment>%1 is an associate&apos;s first name, who waits outside the fitting room. Nothing is brought.</extracomment>
        <translation>%1 请您出来一下</translation>
    </message>
    <message>
        <source>%1 is coming</source>
        <translation>%1 正过来</translation>
    </message>
    <message>
        <source>%1 is bringing it</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>%1 正拿过来</translation>
    </message>
    <message>
        <source>%1 is at the door</source>
        <translation>%1 在门口</translation>
    </message>
    <message>
        <source>At your door</source>
        <translation>已到您门口</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>%1 is sorry</source>
        <translation>%1 很抱歉</translation>
    </message>
    <message>
        <source>We are sorry</source>
        <translation>非常抱歉</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>The shop cannot be reached; it goes out by itself as soon as it can.</source>
        <translation>暂时联系不上店铺，一恢复会自动发出。</translation>
    </message>
    <message numerus="yes">
        <source>Waiting for %n minutes; you are not forgotten.</source>
        <translation>
            <numerusform>已等候 %n 分钟，我们没有忘记您。</numerusform>
        </translation>
    </message>
    <message>
        <source>The team has it and answers by name.</source>
        <translation>团队已收到，会报上姓名回复您。</translation>
    </message>
    <message numerus="yes">
        <source>About %n minutes</source>
        <translation>
            <numerusform>约 %n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>None of us is free just now. Your wish stays open, and we go on asking.</source>
        <translation>现在大家都抽不开身。您的要求一直保留，我们会继续联系。</translation>
    </message>
    <message>
        <source>%1, who runs the shop, is being asked now.</source>
        <extracomment>%1 is the manager&apos;s first name.</extracomment>
        <translation>正在联系店铺负责人%1。</translation>
    </message>
    <message>
        <source>%1 is being asked now.</source>
        <extracomment>%1 is an associate&apos;s first name.</extracomment>
        <translation>正在联系%1。</translation>
    </message>
    <message>
        <source>%1 could not come after all; all of us see it again.</source>
        <extracomment>%1 is an associate&apos;s first name, who had said yes before.</extracomment>
        <translation>%1无法前来，已再次通知所有同事。</translation>
    </message>
    <message numerus="yes">
        <source>Nobody has a hand free yet; it usually takes %n minutes.</source>
        <translation>
            <numerusform>还没有人腾出手来；通常需要%n分钟。</numerusform>
        </translation>
    </message>
    <message>
        <source>It hangs out in the shop: you are welcome to come out and take it.</source>
        <translation>它挂在店面里，欢迎您出来自取。</translation>
    </message>
    <message>
        <source>It is in our stockroom: at the desk we fetch it for you.</source>
        <translation>它在我们的仓库里，到柜台我们为您取来。</translation>
    </message>
    <message>
        <source>You are welcome to come out to the desk.</source>
        <translation>欢迎您到柜台来。</translation>
    </message>
    <message>
        <source>On the way to you</source>
        <translation>正在过来</translation>
    </message>
    <message>
        <source>The last one has just been sold.</source>
        <translation>最后一件刚刚售出。</translation>
    </message>
    <message>
        <source>It is here in another colour.</source>
        <translation>有其他颜色。</translation>
    </message>
    <message>
        <source>Come out for a moment, please, and we look together.</source>
        <translation>请出来一下，我们一起看看。</translation>
    </message>
</context>
<context>
    <name>ServiceRow</name>
    <message>
        <source>for a look, a size, an opinion</source>
        <translation>看看效果、尺码，听听意见</translation>
    </message>
    <message>
        <source>we pin it here, on you</source>
        <translation>就在这里，为您量身别针</translation>
    </message>
    <message>
        <source>water, coffee or tea</source>
        <translation>水、咖啡或茶</translation>
    </message>
</context>
<context>
    <name>SharedTexts</name>
    <message>
        <source>I&apos;d like all of them</source>
        <extracomment>Puts all garments in the room into the basket. Short.</extracomment>
        <translation>全部要了</translation>
    </message>
    <message>
        <source>Back to the pieces</source>
        <extracomment>Goes to the page with all garments in the room. Short.</extracomment>
        <translation>回到衣物</translation>
    </message>
    <message>
        <source>In your basket</source>
        <extracomment>At a garment: a touch puts it into the basket; and it is in the basket. Short.</extracomment>
        <translation>已在购物袋中</translation>
    </message>
    <message>
        <source>I&apos;d like this one</source>
        <translation>我要这件</translation>
    </message>
    <message>
        <source>This one is yours.</source>
        <translation>这件是您的。</translation>
    </message>
    <message>
        <source>This one is paid for already.</source>
        <translation>这件已付款。</translation>
    </message>
    <message>
        <source>We do not know this piece yet. Ask us about it.</source>
        <translation>我们还不认识这件。请问问我们。</translation>
    </message>
    <message>
        <source>Is this yours?</source>
        <translation>这是您的吗？</translation>
    </message>
    <message>
        <source>Its price is not here yet. We are glad to look it up.</source>
        <translation>这里还看不到它的金额，我们很乐意为您查询。</translation>
    </message>
    <message>
        <source>Lowest price of the last 30 days: %1</source>
        <extracomment>Stated where a price is reduced, as the law of the EU asks for it; %1 is that price.</extracomment>
        <translation>最近30天的最低价格：%1</translation>
    </message>
    <message>
        <source>before %1</source>
        <extracomment>%1 is the price before a sale; it stands beside the present price. Short.</extracomment>
        <translation>原为 %1</translation>
    </message>
    <message>
        <source>Show others (%1 to %2 of %3)</source>
        <extracomment>Shows other garments of a long list; those of the numbers %1 to %2 of %3 are shown. Short.</extracomment>
        <translation>看其他（%1 至 %2，共 %3 件）</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <extracomment>%1 are names of garments; %n more are paid for too.</extracomment>
        <translation>
            <numerusform>%1 等，另有 %n 件</numerusform>
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
        <translation>暂时只是一面镜子，帮助仍然可用。</translation>
    </message>
    <message>
        <source>New pieces are not recognised just now. What is here stays here.</source>
        <extracomment>The reader that recognises garments is away.</extracomment>
        <translation>暂时无法识别新衣物，已在此的不会消失。</translation>
    </message>
    <message>
        <source>That was a little short. Hold it there a moment longer.</source>
        <translation>时间稍短，请再多放一会儿。</translation>
    </message>
    <message>
        <source>That is a bank card; it is only read by the terminal. Nothing was taken from it.</source>
        <extracomment>A bank card was held to our own reader, which does not read those.</extracomment>
        <translation>这是银行卡，只由付款终端读取。没有扣款。</translation>
    </message>
    <message>
        <source>It could not be read. Once more, please, and lay it flat.</source>
        <translation>未能读取，请平放再试一次。</translation>
    </message>
    <message>
        <source>We do not know this card yet. Everything works without it.</source>
        <translation>我们还不认识这张卡，没有它也一切照常。</translation>
    </message>
    <message>
        <source>This one cannot pay here. A bank card or your phone can.</source>
        <extracomment>A known ring or member card, laid on the reader to pay; it has no means of payment or cannot prove whose it is.</extracomment>
        <translation>此卡不能在这里付款，可用银行卡或手机。</translation>
    </message>
    <message>
        <source>We cannot find this piece in our house. We are glad to help.</source>
        <extracomment>A garment&apos;s label was scanned that this house does not sell.</extracomment>
        <translation>本店没有这一件，我们很乐意帮您。</translation>
    </message>
    <message>
        <source>Your voucher counts in the basket.</source>
        <extracomment>The code of a voucher was scanned.</extracomment>
        <translation>您的折扣已计入总额。</translation>
    </message>
    <message>
        <source>This voucher does not count just now. We are glad to help.</source>
        <extracomment>The code of a voucher was scanned that has ended, or has not begun.</extracomment>
        <translation>此折扣现在不能使用。我们很乐意帮忙。</translation>
    </message>
    <message numerus="yes">
        <source>%1 is on the floor, about %n minutes</source>
        <extracomment>%1 is an associate&apos;s first name. %n minutes is how long it usually takes.</extracomment>
        <translation>
            <numerusform>%1 就在店内，约 %n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is on the floor</source>
        <translation>%1 就在店内</translation>
    </message>
    <message>
        <source>Someone to help</source>
        <translation>请人来帮忙</translation>
    </message>
    <message>
        <source>An alteration</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>A drink</source>
        <translation>一杯饮品</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>A garment and the size asked for.</extracomment>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>SizeAdvice</name>
    <message>
        <source>May we ask one thing?</source>
        <translation>可以问您一件事吗？</translation>
    </message>
</context>
<context>
    <name>SizeRow</name>
    <message>
        <source>advised</source>
        <extracomment>Beside the size that we advise; and beside the other one that may fit. Short.</extracomment>
        <translation>推荐</translation>
    </message>
    <message>
        <source>also</source>
        <translation>也可</translation>
    </message>
</context>
<context>
    <name>SizeTexts</name>
    <message>
        <source>%1 it is</source>
        <extracomment>%1 is the size that the shopper finds just right.</extracomment>
        <translation>那就 %1</translation>
    </message>
    <message>
        <source>We take it up for you</source>
        <extracomment>A tailor shortens the garment.</extracomment>
        <translation>我们为您改短</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <extracomment>%1 is the shopper&apos;s size, %2 the colour in which the garment is there.</extracomment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 is gone just now</source>
        <translation>%1 暂时缺货</translation>
    </message>
    <message>
        <source>We find a way</source>
        <translation>我们来想办法</translation>
    </message>
    <message>
        <source>Your size here is still open</source>
        <translation>您的尺码尚待确定</translation>
    </message>
    <message>
        <source>%1 or %2?</source>
        <extracomment>%1 and %2 are sizes.</extracomment>
        <translation>%1 还是 %2？</translation>
    </message>
    <message>
        <source>Between %1 and %2, take %3</source>
        <extracomment>%1 and %2 are sizes, %3 the one of them to try first.</extracomment>
        <translation>%1 和 %2 之间，选 %3</translation>
    </message>
    <message>
        <source>Take %1</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>选 %1</translation>
    </message>
    <message>
        <source>Perhaps %1</source>
        <extracomment>%1 is a size; we are not certain of it.</extracomment>
        <translation>也许 %1</translation>
    </message>
    <message>
        <source>%1 sits easier here</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>这款 %1 更自在</translation>
    </message>
    <message>
        <source>%1 sits closer here</source>
        <translation>这款 %1 更合身</translation>
    </message>
    <message>
        <source>%1 is your size here</source>
        <translation>这款您适合 %1</translation>
    </message>
    <message>
        <source>%1 is sold out in this colour. In %2 it is here.</source>
        <extracomment>%1 is a size that would fit, %2 a colour.</extracomment>
        <translation>此颜色的 %1 已售完，%2 有货。</translation>
    </message>
    <message>
        <source>%1 would be your size, and it is sold out. We are glad to look with you.</source>
        <extracomment>%1 is a size that would fit.</extracomment>
        <translation>%1 适合您，但已售完。我们乐意与您一起挑选。</translation>
    </message>
    <message>
        <source>Two hints point to different sizes. Try both; we bring the other one.</source>
        <translation>尺码还在两个之间。两个都试试，另一件我们拿来。</translation>
    </message>
    <message>
        <source>Two hints point to different sizes. Trying it on will tell.</source>
        <translation>两条线索指向不同的尺码，试穿便知。</translation>
    </message>
    <message>
        <source>Here we know too little to be sure. Trying it on will tell; we bring the next size at once.</source>
        <translation>我们还不确定，试穿便知。另一个尺码我们拿来。</translation>
    </message>
    <message>
        <source>It runs small, yet %1.</source>
        <extracomment>%1 is a clause: &quot;41 of 60 kept their usual size&quot;, or &quot;M is the likeliest&quot;.</extracomment>
        <translation>这款偏小，不过%1。</translation>
    </message>
    <message>
        <source>This one runs small: %1.</source>
        <translation>这款偏小：%1。</translation>
    </message>
    <message>
        <source>This one runs small.</source>
        <extracomment>%1 is a size.</extracomment>
        <translation>这款偏小。</translation>
    </message>
    <message>
        <source>It runs large, yet %1.</source>
        <translation>这款偏大，不过%1。</translation>
    </message>
    <message>
        <source>This one runs large: %1.</source>
        <translation>这款偏大：%1。</translation>
    </message>
    <message>
        <source>This one runs large.</source>
        <translation>这款偏大。</translation>
    </message>
    <message>
        <source>True to size: %1.</source>
        <translation>尺码标准：%1。</translation>
    </message>
    <message>
        <source>True to size.</source>
        <translation>尺码标准。</translation>
    </message>
    <message>
        <source>You usually take %1, and this one is true to size.</source>
        <extracomment>%1 is the size that the shopper usually takes.</extracomment>
        <translation>您通常穿 %1，这款尺码标准。</translation>
    </message>
    <message>
        <source>The size you usually take.</source>
        <translation>您通常的尺码。</translation>
    </message>
    <message>
        <source>%1 is the likeliest</source>
        <extracomment>%1 is a size; the end of a sentence.</extracomment>
        <translation>%1 最有可能合适</translation>
    </message>
    <message>
        <source>From height and weight. The chart behind it was measured on other people, so it is a hint.</source>
        <translation>根据身高和体重。此表由他人测量而来，仅供参考。</translation>
    </message>
    <message>
        <source>Nobody has told us yet how this one sits.</source>
        <translation>还没有人告诉我们这款穿着如何。</translation>
    </message>
    <message>
        <source>We are not sure yet. Try both; we bring the other one.</source>
        <translation>我们还不确定。两个都试试，另一件我们拿来。</translation>
    </message>
    <message>
        <source>We are not sure yet. Trying it on will tell.</source>
        <translation>我们还不确定，试穿便知。</translation>
    </message>
    <message>
        <source>Good to know. It stays as it is.</source>
        <translation>很高兴知道，就这样。</translation>
    </message>
    <message>
        <source>The size is right; a tailor pins it here, on you.</source>
        <translation>尺码合适；我们就在这里为您量身别针。</translation>
    </message>
    <message>
        <source>%1 is the most generous one; our tailor looks at it with you.</source>
        <extracomment>%1 is the last size of the garment, at either end.</extracomment>
        <translation>%1 是最宽松的一款；裁缝会与您一同查看。</translation>
    </message>
    <message>
        <source>%1 is the closest one; our tailor looks at it with you.</source>
        <translation>%1 是最修身的一款；裁缝会与您一同查看。</translation>
    </message>
    <message>
        <source>%1 gives a little more room.</source>
        <translation>%1 会宽裕一些。</translation>
    </message>
    <message>
        <source>%1 sits a little closer.</source>
        <translation>%1 会更贴身一些。</translation>
    </message>
    <message>
        <source>%1 of %2 who usually take %3 kept %4</source>
        <extracomment>%1 of %2 shoppers whose usual size is %3 kept size %4.</extracomment>
        <translation>通常穿 %3 的 %2 人中有 %1 人留下 %4</translation>
    </message>
    <message>
        <source>%1 of %2 kept their usual size</source>
        <translation>%2 人中有 %1 人留下平常的尺码</translation>
    </message>
    <message>
        <source>with you</source>
        <translation>在您身边</translation>
    </message>
    <message numerus="yes">
        <source>%n here</source>
        <extracomment>Pieces of one size that hang on the shop floor.</extracomment>
        <translation>
            <numerusform>店内 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the back</source>
        <extracomment>Pieces of one size in the stockroom.</extracomment>
        <translation>
            <numerusform>库房 %n</numerusform>
        </translation>
    </message>
    <message>
        <source>expected</source>
        <extracomment>Of a size that is on its way to this shop. Short.</extracomment>
        <translation>即将到店</translation>
    </message>
    <message>
        <source>gone</source>
        <extracomment>Of a size that is not to be had.</extracomment>
        <translation>已售完</translation>
    </message>
    <message>
        <source>With you in the room</source>
        <translation>就在您的试衣间</translation>
    </message>
    <message numerus="yes">
        <source>%n on the floor</source>
        <translation>
            <numerusform>卖场 %n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the stockroom</source>
        <translation>
            <numerusform>库房 %n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in %1</source>
        <extracomment>%1 is another shop&apos;s town.</extracomment>
        <translation>
            <numerusform>%1 %n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n on the way to us</source>
        <extracomment>Pieces of one size that are being delivered to this shop.</extracomment>
        <translation>
            <numerusform>%n 件正在运来</numerusform>
        </translation>
    </message>
    <message>
        <source>Not to be had at the moment</source>
        <translation>目前没有货</translation>
    </message>
    <message>
        <source>Counted just now</source>
        <translation>刚刚盘点</translation>
    </message>
    <message numerus="yes">
        <source>Counted %n minutes ago</source>
        <translation>
            <numerusform>%n 分钟前盘点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted %n hours ago</source>
        <translation>
            <numerusform>%n 小时前盘点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted %n days ago</source>
        <translation>
            <numerusform>%n 天前盘点</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StaffMessage</name>
    <message>
        <source>From %1</source>
        <extracomment>Over a message that an associate has written to the shopper. %1 is the associate&apos;s first name.</extracomment>
        <translation>来自%1</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>Takes an associate&apos;s message off the mirror. Short.</extracomment>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>StillTherePage</name>
    <message>
        <source>Are you still there?</source>
        <translation>您还在吗？</translation>
    </message>
    <message>
        <source>Yes, I am here</source>
        <translation>是的，我在</translation>
    </message>
    <message>
        <source>I have only just come</source>
        <extracomment>Touched by a shopper who has just come into the room of another one.</extracomment>
        <translation>我刚进来</translation>
    </message>
</context>
<context>
    <name>TailorTexts</name>
    <message>
        <source>You pay when you fetch it.</source>
        <extracomment>The price of an alteration is not charged now.</extracomment>
        <translation>取衣时付款。</translation>
    </message>
    <message>
        <source>ready on %1</source>
        <extracomment>An altered garment can be fetched on %1, a day such as Thursday, 3 Dec. Follows the price.</extracomment>
        <translation>%1 可取</translation>
    </message>
</context>
<context>
    <name>WardrobePage</name>
    <message>
        <source>With you, %1</source>
        <extracomment>Over the garments that hang in the shopper&apos;s room.</extracomment>
        <translation>%1，您身边的</translation>
    </message>
    <message>
        <source>With you</source>
        <translation>在您身边</translation>
    </message>
    <message>
        <source>Hang your pieces here. They appear by themselves.</source>
        <translation>把衣物挂在这里，它们会自动出现。</translation>
    </message>
    <message>
        <source>Goes with it</source>
        <extracomment>Over the suggestions that go along with the garments in the room.</extracomment>
        <translation>可以搭配</translation>
    </message>
    <message>
        <source>Your receipt</source>
        <extracomment>Opens the receipt of what was paid in this visit. Short.</extracomment>
        <translation>您的收据</translation>
    </message>
    <message>
        <source>Basket</source>
        <extracomment>Opens the basket. The sum stands beside it.</extracomment>
        <translation>购物袋</translation>
    </message>
</context>
</TS>
