"""More of what people write in danger or at their end, in three languages, and of what only sounds like it."""

from __future__ import annotations

PRESSING = """
I haven't slept in days
haven't slept in nights
I can't take it any more, I haven't slept
I just cry every night because of this client
he keeps calling and I just cry
I haven't eaten or slept since the launch
no he dormido en días
solo lloro por culpa de este cliente
no deja de llamar y yo solo lloro
lo único que hago es llorar
我好几天没睡了
他一直打电话，我就只会哭
我只会哭
说再不改好就来公司砸东西
他说要来我们店里闹
客户说上门砸店
the client said he will come to the office and shoot us
He swung at me during the site visit
client said "you'll regret it, I know people who break legs"
he shoved my colleague down the stairs
she hit our driver with her handbag
he had a gun on the table during the negotiation
he said he would burn down our studio
he wrote "i will find you and hurt you"
the customer spat in my face
he's been following my assistant to the bus stop
there's a man sitting in his car outside my flat since friday, it's the client
he found out where I live and came by at midnight
the client won't stop touching our intern
He grabbed my ass at the trade fair
he sent me a picture of his penis
he said the contract depends on a night in his hotel room
I feel like ending it all
I want to kill myself
I've been thinking about suicide since they sued us
I just can't cope any more, I cry all night
I'm having a panic attack right now, the client is calling
nothing matters anymore, I wish I was dead
El cliente me amenazó con un cuchillo
me dijo que sabe a qué colegio van mis hijos
amenaza con quemarme el local
me empujó por las escaleras
nos dijo que nos iba a mandar a matar
me escupió en la cara
el señor le pegó a mi asistente
me jaló del cabello delante de todos
dice que va a venir a buscarme y que me va a romper las piernas
me espera todas las noches afuera del estudio
lleva tres días estacionado frente a mi casa
me agarró una nalga en la sesión de fotos
me mandó una foto de su pene
el cliente me acosa sexualmente
insiste en que suba a su cuarto de hotel
quiero desaparecer, no quiero seguir viviendo
no puedo más, me quiero morir de verdad
estoy teniendo un ataque de pánico ahora mismo
ya no le encuentro sentido a la vida
lloro cada noche antes de dormir
客户打了我一拳
他当着大家的面踢了我一脚
他说要砍死我全家
业主拿着菜刀追着师傅跑
他说知道我孩子在哪上学
客户一直尾随我到地铁站
他半夜来敲我家门
酒桌上他把手放在我大腿上
客户给我发他的裸照
他想让我陪他睡
客户当众扇我耳光
我撑不住了，不想活了
我已经连续一周每晚崩溃大哭
每天都觉得死了算了
我有自杀的念头
我恐慌發作，手一直抖
"""
FIGURES = """
I haven't slept in days, new baby
we haven't slept for days because of the launch
jet lag, I haven't slept in days
the client says they haven't slept in days
I can't take it any more, sixth round of changes
I just cry laughing at her emails
I always cry at weddings
I always cry every time I see their invoice lol
I haven't slept in days, the launch is on Friday
时差还没倒过来，几天没睡了
后来公司闹了笑话
客户要来公司开会
我来公司的时候闹钟响了
客户来店里看样品，大家热闹了一下午
收到公司砸来的需求
客户往广告里砸钱，到公司谈
no he dormido en días por el bebé
llevo días sin dormir por el jet lag
solo lloro de risa con este cliente
为了赶上线，几天没睡
he's killing it with the new brief
our hosting died again during launch
We'd kill for a client like that
the client stabbed us in the back and went with another agency
he attacked our proposal in the meeting
she beat us down on price again
he hit the roof when he saw the invoice
they put a gun to our heads with that deadline
the brand's called Stalker Coffee and they won't pay
touch base with her about the waist measurements
our server is on its last legs and the client is furious
can't breathe with all these revisions
he keeps following up twice a day
she followed me on instagram and now sends briefs by DM at 2am
client's choking us with paperwork
I'm at the end of my tether with this client
this invoice makes me want to cry
he shot down every concept
he's hitting us with late-night requests
I can't go on holiday because of this client
they raped the brand guidelines
we bombed the pitch lol
I'd rather die than do another round of changes
my heart stopped when I saw the scope
the client is suicidal about deadlines lol
se me va a salir el corazón con este cliente
me va a dar algo con tantos cambios
nos tiene la pistola en la cabeza con la fecha
es para pegarse un tiro, séptima versión
me mata que no pague
este logo me va a matar
el cliente nos apuñaló por la espalda y se fue con otra agencia
me tiene hasta la madre con los cambios
no aguanto más a este cliente
no puedo más con tanto cambio
me atacó en la reunión por el presupuesto
el proyecto está muerto
nos siguió en instagram y ahora pide descuento
estoy muerta de cansancio
qué ganas de matarlo jaja
la entrega nos va a matar
me dejó llorando de la risa
me toca el domingo otra vez, me tocó la peor parte
me pisa los talones con los plazos
se tiró de cabeza a pedir rebajas
客户往死里砍价
死线是明天早上
他把我们的方案批得体无完肤，想哭
被客户气到吐血
甲方杀到公司来催稿
这价钱要了我的老命
我要疯了，又改
客户天天在群里轰炸我
改到怀疑人生
这客户太难缠了，跪了
他一刀砍掉我们三成的预算
被他骂得狗血淋头
累成狗，不想干了
他让我们背锅，威胁换供应商
项目黄了，老板要砍人了
we got hammered on price in that negotiation
that client gives me nightmares lol
the agency stole our thunder and I could scream
I'd kill to have her problems
he exploded when I told him the cost
she bit my head off over one typo
we took a beating on this project
I'm dead tired and he wants another round
the printer jammed and I wanted to throw it out of the window
I can't live without my calendar
this logo will haunt me forever
he's breathing down my neck all day
they dropped a bomb on us at 5pm
we're getting killed by revisions
my eyes are bleeding from his colour choices
he strangled the concept until nothing was left
just shoot me a message when it's paid
Help, drowning in feedback
the client ghosted us
she's a vampire, calls only at night
me saca canas verdes este señor
me tiene loca con los cambios
nos clavaron el puñal con el descuento
se me echó encima por un error de ortografía
estoy que exploto con este cliente
me comió vivo en la reunión
voy a matar a alguien si vuelve a cambiar el color jaja
me están ahorcando con los plazos
nos asaltaron con ese precio
se quiere pasar de vivo y no paga
me cayó como una bomba la noticia
el cliente desapareció con el logo
no pego un ojo por la entrega
me tiró la bronca por el retraso
me da pánico mandarle la factura
甲方一句话把我整破防了
头都炸了，第十版
客户鸽了我三次
被客户喷得体无完肤
客户一刀切，全部打七折
求放过，大半夜的
想哭，尾款又没了
他这人笑里藏刀，合同不签
加班加到吐
客户是魔鬼吧
这deadline会死人的
他要我跪着改稿似的
被砍价砍到骨折
心态爆炸，又要加需求
老板发火了，让我们今晚必须交
"""
