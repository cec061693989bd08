"""Danger, discrimination and distress as an account director puts them, and idioms of work that only sound so."""

from __future__ import annotations

PRESSING = """
violence: the client grabbed my colleague's arm at the meeting
violence: client shoved Marta against the desk
violence: he pushed our photographer
violence: el cliente empujó a nuestra fotógrafa
violence: 客户拽了同事胳膊
sexual-harassment: 客户一直约我们实习生单独吃饭
sexual-harassment: 客户半夜给我们女同事发暧昧消息
sexual-harassment: invita a salir a la becaria todas las semanas y ella no quiere
sexual-harassment: client put his hand on Ana's knee
sexual-harassment: 客户把手放在小王大腿上
sexual-harassment: le mira el escote a mi compañera
sexual-harassment: client keeps asking my junior out for drinks
stalking: he waits outside our office every evening
sexual-harassment: client sends our intern heart emojis at midnight and asks for selfies
stalking: 他天天在公司楼下等我
distress: I can't take this anymore. I haven't slept in a week because of this client
distress: I've been crying all weekend because of them
distress: I burst into tears on the train home, I can't keep doing this
distress: llevo una semana sin dormir por este cliente
discrimination: client made a racist joke about our developer
discrimination: vuelva a su país, sudaca
discrimination: 客户老是地域歧视，说河南人都是骗子
discrimination: 甲方性别歧视，说女的别来谈技术
discrimination: the client makes sexist jokes about our designer
discrimination: he called our editor a fag and said gays can't sell
discrimination: se burla de mi compañero por ser gay
discrimination: 客户骂我们设计师娘炮
discrimination: 甲方說女生不懂技術，叫換個男的
violence: el cliente le metió un empujón a la recepcionista
violence: client hit my colleague
violence: he kicked our cameraman
stalking: a client followed our intern home
violence: 他推了我们摄影师
colleague-in-tears: my designer is crying in the bathroom after the call
colleague-in-tears: mi compañera salió llorando de la reunión con el cliente
colleague-in-tears: 我们实习生被客户骂完，躲在厕所哭
"""
IDIOMS = """
shoved it into the backlog
client pushed our deadline again
they hit us with another change request
he put his hand on the budget and asked for a cut
this client is killing me
no use crying over spilled milk
grabbed a coffee with the client
me tiró un pedido enorme el viernes
客户半夜打我电话
甲方推了我们一周
client pushed our designer to finish by Friday
the client hit our designer with 40 comments
he pushed back on our photographer's rates
client grabbed our intern for a quick chat
the client asked our designer out of the blue for a new logo
she asked my colleague to dinner dates copy for the restaurant menu
they want someone whiter than white in the toothpaste ad
el cliente empujó la fecha otra vez
me echó la culpa del retraso
me tomó el pelo con el presupuesto
nos golpeó la crisis
客户把需求推给我们设计师
客户砸钱做推广
客户把锅甩到我们运营头上
甲方把文件发到同事邮箱
他盯着我的屏幕看
客户让设计师把女生的腿修长一点
客户不要女生款，要男款
the women in the ad can't look bored
our target is women, the client says blondes don't read
client says the black background is too dark
quiere el logo en negro de fondo
trabaja en negro y no factura
la cliente quiere una mano en la cintura de la modelo, en la foto
I broke down the budget for them
I broke the news to the client
we broke into three teams
I'm tired of this client
I can't take this anymore, forty rounds of changes
estoy harta de este cliente
受不了这个客户了，改了四十遍
threw a stapler at me once, but that's a story for the pub
hace años un cliente me tiró un vaso, pero eso es otra historia
几年前有个客户朝我扔过杯子，现在这个是不付款
client waits outside the meeting room until we call him in
the courier waits outside our office every morning
我在公司楼下等客户
客户每天在群里等我们出图
my designer was crying with laughter at his brief
"""
