"""Sixty wordings a language that were written before the phrases for them were.

The first of each pair was looked at while the phrases were written, and has to be seen. The second was only counted:
how many of those are seen tells how well the phrases do on what nobody had in mind.
"""

from __future__ import annotations

FRESH = {
    "en": """
violence: client yanked the headset off my project manager's ears
violence: the client got up and pushed our account exec into a filing cabinet
violence: He smacked my hand away from the keyboard, hard, in front of everyone
violence: she hurled her coffee cup at Dani because the banner was late
violence: one of the client's guys elbowed our cameraman in the ribs
violence: customer kicked the chair out from under our trainee
violence: he twisted my wrist when I tried to take my laptop back
violence: owner blocked the door and wouldn't let Priya go until she agreed to the discount
violence: Client says if we invoice him again he'll come round and sort us out
violence: "Next time I see you I'm going to knock your teeth out", he wrote that on WhatsApp
violence: the client dragged our sound guy out by his jacket
violence: he jabbed Tom in the chest with his finger and then shoved him
violence: she scratched our makeup artist's arm and pulled her hair
stalking: he sits in his car across from our studio every night when we lock up
stalking: the client turned up at Lena's gym again, third time this month
stalking: he's been following our copywriter on her way to the station
stalking: client found my sister's address and sent flowers there
stalking: She drives past my place and texts me what colour my curtains are
stalking: the client keeps showing up at my house uninvited
stalking: he hangs around the entrance until our receptionist finishes work
stalking: client put a tracker on my car
stalking: he calls my mum's landline to ask where I am
stalking: a client tailed me from the office to my kid's nursery
stalking: he told me what I was wearing yesterday at the supermarket, I never saw him there
sexual-harassment: client keeps asking our account manager on dates and won't take no
sexual-harassment: he winks at my assistant and calls her sexy on every call
sexual-harassment: the client rested his hand on my lower back all through the tour
sexual-harassment: he sends late night selfies without a shirt to our junior copywriter
sexual-harassment: client told Julia she'd get the contract if she had dinner with him alone
sexual-harassment: he hugged our intern from behind and wouldn't let go
sexual-harassment: Client stares at my chest whenever I present
sexual-harassment: she keeps sending flirty voice notes to our 22 year old editor, he has told her to stop
sexual-harassment: he told my colleague she has a great ass
sexual-harassment: client asked our model to take her top off for a private shoot
sexual-harassment: at the launch party he grabbed Sofia's behind
sexual-harassment: he brushed up against our photographer on purpose, twice
discrimination: client told us not to send "the Black guy" to the next meeting
discrimination: he said he won't work with women on technical stuff
discrimination: the client keeps doing an Asian accent when our dev speaks
discrimination: she told Ahmed to go back where he came from
discrimination: client called our designer a faggot
discrimination: he refuses to shake hands with our Muslim colleague and calls her a terrorist
discrimination: client said the girl in the wheelchair shouldn't present, it's bad for the brand
discrimination: he makes jokes about Jews every time our accountant is on the call
discrimination: the client asked for "someone whiter" for the photos of our team
discrimination: said our PM should be in the kitchen, not in the boardroom
discrimination: client uses the n-word in meetings
discrimination: he keeps mocking our developer for being gay
distress: I'm at breaking point with this account, I cry in the toilets every day
distress: haven't eaten or slept properly in days because of this client
distress: I can't do this anymore, I'm shaking before every call
distress: my hands tremble every time his name pops up
distress: this project is destroying my health, my doctor signed me off with anxiety
distress: I broke down in tears in front of my kids tonight
distress: I lie awake all night dreading his emails
distress: I threw up before the client call again, I'm that scared of it
distress: I sat in my car and sobbed for an hour after the meeting
distress: I don't know how much longer I can hold on
distress: I feel like I'm falling apart because of them
distress: I'm so burnt out by this client that I don't want to get up in the morning
""",
    "es": """
violence: el cliente zarandeó a nuestra diseñadora delante de todos
violence: Le dio un empujón al fotógrafo y casi se cae
violence: me arrancó el celular de la mano y lo estrelló contra el piso
violence: nos aventó las muestras en la cara
violence: el dueño le jaló el pelo a mi asistente
violence: agarró del brazo a Lucía y no la soltaba
violence: Dice que si le cobramos otra vez nos va a mandar a alguien
violence: me dijo "te voy a bajar los dientes" por un mail
violence: un cliente le tiró un cenicero a mi compañero
violence: cerró la puerta con llave y no nos dejaba salir hasta que firmáramos
violence: le pegó un manotazo a la chica de cuentas
violence: El señor me encajó un codazo cuando recogía la cámara
violence: amenazó con venir al estudio y rompernos todo
stalking: el cliente espera a mi socia en la salida del metro
stalking: se aparece en mi gimnasio y en el café donde desayuno
stalking: todas las tardes está su coche parado enfrente de la oficina
stalking: consiguió el teléfono de mi mamá y la llama para preguntar por mí
stalking: me manda mensajes diciendo qué ropa llevaba hoy
stalking: siguió a la redactora hasta la parada del autobús
stalking: vino a mi casa sin avisar a las once de la noche
stalking: pasa por mi calle y me toca el timbre
stalking: le averiguó la dirección a nuestra becaria y le dejó flores en la puerta
stalking: no para de rondar el estudio cuando salimos
stalking: me persigue por todos lados desde que terminamos el proyecto
sexual-harassment: el cliente no para de invitar a cenar a solas a nuestra becaria
sexual-harassment: le dice "mamacita" a mi compañera en cada reunión
sexual-harassment: me mira las tetas todo el rato
sexual-harassment: le pasó la mano por la cintura a la de cuentas
sexual-harassment: le manda corazones y besos a la practicante de madrugada
sexual-harassment: me pidió una foto en bikini para cerrar el trato
sexual-harassment: El cliente le agarró la pierna debajo de la mesa
sexual-harassment: insiste en que vaya sola a su departamento a firmar
sexual-harassment: le tiró los perros a mi diseñadora y no acepta un no
sexual-harassment: se le pega por detrás a la fotógrafa en las sesiones
sexual-harassment: le dijo a Carla que con ese vestido se la comía
sexual-harassment: me abraza demasiado y me da besos en el cuello
discrimination: el cliente hizo un chiste racista sobre nuestro programador
discrimination: dijo que no quiere negros en la sesión
discrimination: le dijo maricón a nuestro director creativo
discrimination: que las mujeres no saben de números, dijo, y pidió hablar con un hombre
discrimination: llamó "india" a mi compañera delante de todos
discrimination: se burla del acento de nuestra colega venezolana y le dice veneca
discrimination: me dijo que me regrese a mi país
discrimination: pide que no vaya "el moro" a las reuniones
discrimination: el cliente no quiere trabajar con la chica trans del equipo
discrimination: dice que una mujer embarazada no puede llevar su cuenta
discrimination: hace bromas de gays cada vez que entra Pablo
discrimination: le dijo a la diseñadora que se fuera a la cocina
distress: ya no aguanto más, llevo días sin dormir por culpa de este cliente
distress: me puse a llorar en el baño de la oficina
distress: estoy al límite, me tiembla todo cuando llama
distress: no duermo ni como por este proyecto
distress: me derrumbé delante de mis hijos
distress: terminé llorando en el coche después de la reunión
distress: me da taquicardia cada vez que veo un correo suyo
distress: el médico me dio la baja por ansiedad por este cliente
distress: ya no puedo más con esto, me estoy enfermando
distress: vomité antes de la llamada de los nervios
distress: estoy destrozada, no paro de llorar
distress: siento que me voy a volver loca, no puedo seguir así
""",
    "zh": """
violence: 客户一把推倒了我们的摄影师
violence: 甲方当众拽着小李的领带往外拖
violence: 他把手机摔到我们运营脸上
violence: 客户老公冲进店里掀桌子还要打人
violence: 业主踢了我们工人一脚
violence: 她揪我助理的头发
violence: 他说再催款就让人来砸店
violence: 客户把合同甩到同事脸上，还推了他一把
violence: 对方堵着会议室门不让我们走
violence: 他拿水泼了我们策划一身
violence: 说下次见面要把我的腿打折
violence: 客户用力抓住她的手腕不放
violence: 甲方掐了我胳膊，都青了
stalking: 客户每晚开车停在我们公司门口等小雨下班
stalking: 他跟着我们设计师坐地铁一直到家
stalking: 甲方打电话给我爸妈问我在哪
stalking: 他总在我健身房出现
stalking: 客户半夜跑来按我家门铃
stalking: 他发来一张我家窗户的照片
stalking: 那个客户查了我同事的住址还寄东西过去
stalking: 客户在我车上装了GPS
stalking: 天天在写字楼门口蹲我
stalking: 他知道我每天几点回家，还发给我看
stalking: 前客户换着号码骚扰我，到处找我
sexual-harassment: 客户老约我们女策划去唱歌喝酒，不去就不高兴
sexual-harassment: 甲方盯着我的胸看
sexual-harassment: 他给我们实习生发露骨的消息
sexual-harassment: 饭桌上客户搂着我同事的肩膀不放
sexual-harassment: 客户让我们女生陪酒
sexual-harassment: 他说小陈身材真好，想抱一下
sexual-harassment: 客户总叫我宝贝，还发亲亲的表情
sexual-harassment: 合作方老板把手搭在我腰上
sexual-harassment: 他要我单独去他家里谈方案
sexual-harassment: 客户拍了拍我同事的屁股
sexual-harassment: 他问我有没有男朋友，晚上能不能陪他
sexual-harassment: 客户给女同事发自己的裸照
discrimination: 客户说不要河南人做他的项目
discrimination: 甲方说女的懂什么技术，换个男的来
discrimination: 他骂我们设计师死娘炮
discrimination: 客户说怀孕的就别来对接了
discrimination: 叫我们非洲同事黑鬼
discrimination: 客户嘲笑同事是乡巴佬，说农村来的没素质
discrimination: 对方听说他是同性恋就说恶心，要求换人
discrimination: 客户当面学我同事的口音取笑他
discrimination: 甲方嫌我们派来的是残疾人
discrimination: 说东北人都是骗子，不跟东北人合作
discrimination: 客户说女人就该在家带孩子
discrimination: 他说我们公司的新疆同事都是小偷
distress: 因为这个客户我已经一周没睡着觉了
distress: 我在地铁上就哭出来了
distress: 我真的快崩溃了，吃不下睡不着
distress: 一看到他头像我就心慌手抖
distress: 我受不了了，每次开会前都想吐
distress: 医生说我焦虑症，都是被这个项目逼的
distress: 昨晚躲在厕所里哭了半小时
distress: 我快疯了，不知道还能撑多久
distress: 整夜整夜失眠，脑子里都是客户的话
distress: 我撑到极限了
distress: 想到明天要见客户我就喘不过气
distress: 被客户骂到在工位上大哭
""",
}
