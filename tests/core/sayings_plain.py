"""Danger and despair in the plain words of tired people, in three languages, and ordinary days that sound like them."""

from __future__ import annotations

MISFORTUNE = """
client-died: my client died and his invoice is open
client-died: falleció mi cliente y me debía dos facturas
client-died: Bill died, he owed us 3k
client-died: 老王去世了，还欠尾款
client-insolvent: Acme went bankrupt, owes us 14k
client-insolvent: acme quebró y nos debe 14 mil
client-insolvent: Acme 破产了，欠我们14万
client-died: 甲方老板过世了，尾款怎么办
client-ill: my client had a stroke and the invoice is 60 days late
client-ill: mi clienta está muy enferma y no me ha pagado
client-ill: 客户住院了，尾款还没付
client-insolvent: they filed for bankruptcy
client-insolvent: la empresa se declaró en quiebra
client-insolvent: 甲方公司倒闭了，尾款没结
"""
NO_MISFORTUNE = """
the client died on us, no reply for weeks
the client's dog died so he says he'll pay next month
his grandmother died for the third time, invoice still unpaid
he says he's ill every time the invoice is due
client is sick of waiting
our client, a cancer clinic, owes us two invoices
this client will bankrupt me
we'll go bankrupt if he doesn't pay
we went bankrupt because of him, he owes us 20k
he threatened to go bankrupt if we invoice
client says he's broke every month
se murió el servidor
me llamó el cliente, muerto de risa
el cliente es una clínica de cáncer y no paga
vamos a quebrar si no nos paga
el cliente ganó un concurso de diseño
客户说他妈住院了，款又拖了
客户的电脑死机了
客户走了，转了一圈又回来了
客户再不付款我们就要破产了
"""
PRESSING = """
stalking: he's waiting outside our office right now
stalking: client's outside my flat, what do i do
stalking: he's downstairs in our lobby and refuses to leave
stalking: he sent me a picture of my house
stalking: he has pictures of my kids
stalking: está afuera de mi oficina ahorita
stalking: está en recepción y no se quiere ir
stalking: me mandó una foto de mi casa
stalking: 他现在就在公司楼下堵我
stalking: 客户赖在公司不走
stalking: 他发了一张我家的照片
distress: i cant do this anymore. i want to disappear
distress: nobody would notice if i was gone
distress: i don't see the point of anything anymore
distress: ya no quiero seguir así, quisiera desaparecer
distress: no le encuentro sentido a nada
distress: 想从这个世界上消失
distress: 一切都没意义了
distress: I'm crying at my desk
distress: he made me cry in front of everyone
distress: estoy llorando en la oficina
distress: me hizo llorar delante de todos
distress: 我在公司哭了，客户当着所有人骂我没用
distress: 客户把我骂哭了
colleague-at-risk: my designer says she wants to hurt herself after what the client said
colleague-at-risk: my colleague is talking about suicide after the client's email
colleague-at-risk: mi diseñadora dice que se quiere hacer daño por lo que le dijo el cliente
colleague-at-risk: el becario habla de suicidarse
colleague-at-risk: 实习生说想伤害自己，就因为客户骂他
colleague-in-tears: the marketing manager called my designer a "stupid bitch" on a zoom. She was crying afterwards
colleague-in-tears: the client made her cry
colleague-in-tears: la llamó inútil y se fue llorando
colleague-in-tears: 客户骂她没用，她哭了
sexual-harassment: the client touched me
sexual-harassment: el cliente me tocó
sexual-harassment: el cliente tocó a mi diseñadora
sexual-harassment: 客户碰了我
sexual-harassment: 客户对我们实习生动手动脚
"""
ORDINARY = """
the client is waiting outside for the samples
our client is downstairs for the 3pm meeting
the client is waiting outside our meeting room
client sent me a picture of his house for the renovation
i want the logo to disappear
he disappears for weeks and then wants everything monday
i can't do this anymore, he changes the brief every day
the client's kind words touched me
client cried when she saw the film
our film made her cry, in a good way
our designer hurt himself moving the set
me tocó un cliente insoportable
le tocó a mi diseñadora rehacer el logo
el cliente me tocó las narices con los cambios
quiere que desaparezca el logo
el cliente está esperando en la oficina para la reunión
la clienta lloró de emoción
客户消失了，尾款没付
这个改来改去没意思
客户在公司门口等我们开会
甲方一句可以了，我哭了
我家楼下新开的理发店天天推销办卡
"""
