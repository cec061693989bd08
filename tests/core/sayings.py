"""What people write who are in danger or at their end, and the figures of speech that only sound like it."""

from __future__ import annotations

DANGER = {
    "en": """
violence: he said he'd kill me if the site goes down again
violence: Client threatened to hit my assistant over the invoice
violence: The owner grabbed me by the throat in the meeting room
violence: She slapped our photographer in front of the guests
violence: "I'll kill you if this isn't live by nine", that's the voicemail
violence: he threw a chair at me because the font was wrong
violence: A customer came to the shop with a knife asking for his deposit
violence: we got a death threat in the support inbox this morning
violence: he's threatening to beat me up when I leave the office
violence: client pushed me against the wall and shouted
violence: told my colleague he'd break her legs if she calls again
violence: I'm scared for my safety, he turns up drunk and gets violent
violence: texted me that something will happen to my kids
violence: he punched me. over a logo.
violence: client said he'd send some guys after me
stalking: he followed me home after the shoot
stalking: the client is stalking me, he waits in the car park every night
stalking: He's parked outside my house again and it's 11pm
stalking: she wrote that she knows where I live
stalking: he sends me photos of my front door, sorry, photos of my house
sexual-harassment: the client put his hand on my thigh during dinner
sexual-harassment: he keeps touching me when we review the proofs
sexual-harassment: Client asked me for nudes to sign the contract
sexual-harassment: he tried to kiss me in the lift after the pitch
sexual-harassment: I was sexually harassed by a client and don't know what to do
sexual-harassment: said I'd get the account if I sleep with him
sexual-harassment: he makes comments about her body in every call
""",
    "es": """
violence: el cliente me dijo que me iba a matar si no entrego hoy
violence: Amenazó con golpear a mi compañera por la factura
violence: me agarró del cuello en plena reunión
violence: El dueño le dio una cachetada a la fotógrafa
violence: "te voy a partir la cara", me escribió por el logo
violence: me aventó una silla porque no le gustó el color
violence: llegó con una pistola a pedir su anticipo
violence: nos amenazan de muerte por correo
violence: dice que me cuide las espaldas cuando salga del estudio
violence: amenazó con mandar unos matones a la oficina
violence: tengo miedo por mi seguridad, viene borracho y grita
violence: me empujó contra la pared y me gritó
violence: Me dijo que le podría pasar algo a mis hijos
violence: un cliente me pegó un puñetazo por el retraso
stalking: me siguió hasta mi casa después de la sesión
stalking: el cliente sabe dónde vivo y me lo recuerda
stalking: está estacionado afuera de mi casa otra vez
stalking: me mandó fotos de mi casa por whatsapp
stalking: creo que tengo un acosador, es el cliente de la boda
stalking: siento que me está siguiendo cuando salgo del coworking
sexual-harassment: el cliente me puso la mano en el muslo en la cena
sexual-harassment: Me tocó el culo en la inauguración
sexual-harassment: intentó besarme en el ascensor después del pitch
sexual-harassment: sufro acoso sexual de un cliente y no sé qué hacer
sexual-harassment: me pide fotos íntimas para firmar el contrato
sexual-harassment: dijo que la cuenta era mía si me acuesto con él
sexual-harassment: hace comentarios sobre el cuerpo de ella y sobre mi escote en cada llamada
""",
    "zh": """
violence: 客户说今天不上线就弄死我
violence: 甲方威胁要找人打我们设计师
violence: 老板娘当场扇了我同事一巴掌
violence: 他在会议室掐住我的脖子
violence: “我弄死你”，这是他昨晚的语音
violence: 因为字体不对，他拿烟灰缸砸我
violence: 客户拿着刀来店里要定金
violence: 早上客服邮箱收到了死亡威胁
violence: 他让我走夜路小心点
violence: 昨天验收，业主动手打了我们师傅，人被打伤了
violence: 對方放話要揍我，我現在不敢回家
violence: 他揪着我的衣领把我推倒在地
violence: 客户扬言要砍我全家
stalking: 拍完之后他一路跟踪我回家
stalking: 他每天堵在我家楼下等我
stalking: 对方发消息说知道我住哪
stalking: 客户把我的家庭住址查到了，说知道我孩子在哪个学校
stalking: 我觉得自己被那个新郎跟踪了
stalking: 他偷拍我，还把照片发给我看
stalking: 甲方人肉了我，把我家庭住址曝光在群里
sexual-harassment: 吃饭的时候客户摸我大腿
sexual-harassment: 客户对我动手动脚，说不喝就不签
sexual-harassment: 提案结束他在电梯里强吻我
sexual-harassment: 被客户性骚扰了，不知道怎么办
sexual-harassment: 他说陪他睡一晚合同就签
sexual-harassment: 甲方叫我去酒店房间谈合同
sexual-harassment: 那個副總一直對女同事毛手毛腳
""",
}
DISTRESS = {
    "en": """
I can't go on. I really can't.
I just want to die
I've been having panic attacks every morning before I open the chat
I keep thinking about killing myself
everyone would be better off without me
I don't want to be here anymore
I cried myself to sleep again because of this project
I can't breathe and my hands shake when the phone rings
I'm having suicidal thoughts since the launch
I can't stop crying
I don't see any way out
honestly there's no reason to live
i feel like hurting myself after each call
I can't take this anymore, I'm crying every day
""",
    "es": """
ya no quiero vivir
no puedo más, lloro todos los días
me dan ataques de pánico cada vez que suena el teléfono
pienso en quitarme la vida
todos estarían mejor sin mí
quiero morirme, de verdad
no puedo dejar de llorar
llevo una semana llorando por este proyecto
no puedo respirar cuando veo su nombre en la pantalla
tengo ganas de hacerme daño
he pensado en suicidarme
la vida no tiene sentido
no le encuentro salida
tengo crisis de ansiedad todas las mañanas por este trabajo
""",
    "zh": """
我真的撑不下去了
我不想活了
每天早上打开群之前都惊恐发作
最近总是想自杀
活着没意思
我每天晚上都哭，停不下来
真的想死，一点力气都没有
想跳下去算了
没有我大家会更好
我控制不住地发抖，一直哭
不想醒来，每天睁眼就难受
我已经崩溃大哭好几次了，熬不下去了
我開始自殘了
覺得活著好累
""",
}
FIGURES = {
    "en": """
this client is killing me
I'll kill him lol
my boss is going to kill me if we miss friday
dying of boredom in this kickoff
I could kill for a coffee
these revisions will be the death of me
she wants to kill the project
he threatened to leave a bad review
they threatened to sue us over the deposit
threatened me with a lawyer because of the refund
the deadline is killing us
kill the second paragraph please
it hit me that we never sent the invoice
client hit us with another change request
hit me up when the files are ready
I died laughing at his brief
I nearly had a panic attack when I saw the invoice total
killing myself to meet this deadline
that discount would be commercial suicide
we can't go on like this with Acme, no contract and no deposit
He slapped a watermark on our draft
I can't take this client anymore, fifth change today
the client is stalking our Instagram profile and commenting on each post
we need a breakdown of costs
can you write copy for a sexual harassment training course?
she followed us on linkedin after the pitch
following up on the invoice from March
their feedback punched holes in our plan
photo shoot with a knife brand on Monday
I'm so embarrassed I want to die haha
he wants blood, says the blue isn't blue enough
we're fighting for our lives here with the scope
""",
    "es": """
este cliente me está matando
lo mato jajaja
mi jefa me va a matar si no llegamos al viernes
me muero de risa con su brief
me muero de vergüenza, mandé el archivo equivocado
nos morimos de hambre esperando el pago
quieren matar el proyecto
amenazó con dejarnos una mala reseña
nos amenazan con una demanda por el anticipo
amenaza con irse con la competencia
me tocó trabajar el domingo otra vez
este plazo es suicida
bajar tanto el precio sería un suicidio comercial
ya no puedo más con este cliente, quinto cambio hoy
casi me da un ataque de pánico al ver la factura
me pegó un grito por teléfono
me tiró el presupuesto abajo
violó el contrato, usó el logo sin pagar
nos golpeó la crisis y bajamos tarifas
le di mil vueltas, me rompí la cabeza con ese logo
me sigue debiendo la segunda factura
nos vigila cada movimiento del figma
me persigue por whatsapp a toda hora
no veo salida a este contrato
me quiero matar, mandé la versión vieja
me parto la madre trabajando y no paga
hay que darle un golpe de efecto a la campaña
nos dio una paliza en la negociación
quiero morirme de la vergüenza jaja
el cliente llora miseria y pide descuento
hacemos la campaña contra el acoso sexual del ayuntamiento y no pagan
""",
    "zh": """
这个客户真是要我的命
改稿改得想死
笑死，甲方又改回第一版了
气死我了
老板会杀了我的，周五交不了
我想打死他哈哈哈
累死了，第八版
打死不改，打死也不付定金
客户威胁要给差评
对方威胁说要找律师起诉
威胁我不付尾款
想死你了，好久不见
这价格简直跳楼价
自杀式报价，别接
尴尬得想死
公司快撑不下去了，客户都不付款
这方案被砍了一半预算
项目跟踪表更新一下
帮我跟踪我们的物流进度
打了我十几个电话，都是半夜
他天天哭穷，让我们打折
系统崩溃了，客户急死了
忙得喘不过气，周末还要改
感觉拿刀架在脖子上逼我降价
这个客户简直要把我逼疯
杀价杀得太狠了
吓死我了，以为款没到
被甲方折磨得死去活来哈哈
帮客户写性骚扰防治课程的文案，拖着不付款
烟雾报警器又响了
死活不签合同
""",
}


def lines(text: str) -> list[str]:
    """The sayings of a block, one a line."""
    return [line for line in text.splitlines() if line]
