"""Situations that are none of the eight kinds of trouble, as people tell of them at the end of a day; near misses."""

from __future__ import annotations

SITUATIONS = """
press: he says he'll go to the press if we don't do it
press: Acme is threatening to call a journalist
press: now they want to talk to the newspapers about us
press: a reporter called us about the client's complaint
press: ahora amenaza con ir a la prensa
press: dice que va a llamar a los periódicos si no lo arreglamos
press: el cliente amenaza con hablar con un periodista
press: nos llamó un periodista por lo del cliente
press: 他说不做就找媒体曝光
press: 客户威胁要找记者
press: 甲方扬言要捅给媒体
press: 记者打电话来问我们客户的事
source-files: client asked for the source files, all of them, indesign and everything. we never agreed that
source-files: they want the editable files on top
source-files: she's asking for all the PSD files now
source-files: He demands the raw footage for free
source-files: el cliente me pide los archivos editables, no estaba en el presupuesto
source-files: ahora quieren los editables
source-files: me exige los archivos fuente de todo
source-files: nos pidieron los archivos abiertos de Illustrator
source-files: 客户要源文件，报价里没有
source-files: 甲方问我要工程文件
source-files: 他现在非要可编辑文件
source-files: 对方要求给PSD源文件
poaching: a client wants to hire my best designer away, she told me herself
poaching: they offered our junior a job
poaching: Acme is poaching our developer
poaching: he tried to poach my copywriter
poaching: un cliente se quiere llevar a mi diseñadora, le ofreció trabajo
poaching: el cliente quiere contratar a nuestra redactora
poaching: le ofrecieron un puesto a mi programador
poaching: quieren robarnos a la diseñadora
poaching: 客户想挖走我的设计师
poaching: 甲方在挖我们的文案
poaching: 对方要挖我们团队的人
poaching: 客户开高薪挖我们的程序员
over-your-head: he's copied my boss on it
over-your-head: the client went over my head
over-your-head: she emailed my director directly
over-your-head: they cc'd our CEO on the complaint
over-your-head: puso en copia a mi jefe
over-your-head: el cliente me saltó y habló con mi jefa
over-your-head: se quejó con mi jefe
over-your-head: copió a nuestra directora en el correo
over-your-head: client told my boss I'm slow
over-your-head: 甲方把我老板抄送了，说我们慢
over-your-head: 他抄送了我老板
over-your-head: 客户越过我直接找我领导
over-your-head: 甲方跟我老板告状
over-your-head: 他给我们总监发邮件投诉
blamed-colleague: my client blames my junior in front of everyone for an error that was theirs
blamed-colleague: they blamed our designer for the typo they approved
blamed-colleague: she pinned it on the intern
blamed-colleague: el cliente le echa la culpa a mi junior de un error suyo
blamed-colleague: culpan a nuestra diseñadora
blamed-colleague: le echó la culpa a la becaria delante de todos
blamed-colleague: 客户把他们自己的错怪到我们实习生头上
blamed-colleague: 甲方甩锅给我们设计师
blamed-colleague: 他让我们的文案背锅
gift: a Chinese client sent us a huge gift hamper for new year, worth like 600 dollars. take it?
gift: the client gave me a watch as a thank you, it's a present from a client
gift: our client offered me a gift before the tender
gift: el cliente me regaló un reloj, ¿lo acepto?
gift: una clienta nos mandó una cesta enorme de navidad
gift: me llegó un regalo de un cliente
gift: 客户春节送了我一个大红包，要不要收
gift: 甲方给我们送了茅台
gift: 收了客户的购物卡怎么办
"""
NO_SITUATIONS = """
the client wants a press release by Friday
should we talk to the press about our new client?
our client is a newspaper and every editor wants another logo
they keep changing the social media plan
the press run is tomorrow and he still changes the colours
what if she asks for the source files?
we promised the source files and now he wants ten more logos
they haven't paid and want the source files
the client wants to hire us again but at half price
he wants to hire another designer
they want us to hire a bigger team for the same price
a competitor is poaching our designer
should I copy my boss on this?
I told my boss the client is late again
the designer I blame is me
nobody blames our junior
should we send the client a gift?
they want a gift card design for free
the client wants a nota de prensa for tomorrow
el cliente quiere una nota de prensa para mañana
el cliente es un periódico y pide otra ronda
¿y si me pide los archivos editables?
no paga y quiere los editables
el cliente quiere contratarnos otra vez, a mitad de precio
la competencia quiere fichar a nuestra diseñadora
¿pongo en copia a mi jefe?
se saltó la fecha de pago otra vez
mi jefe me echa la culpa
¿le mando un regalo al cliente?
me lo pide de regalo
quiere el logo de regalo
客户要我们写新闻稿
客户的自媒体要天天更新
媒体投放预算客户又改了
要是他来要源文件呢
客户不付款还要源文件
客户想再找我们做，价格砍一半
猎头在挖我们的设计师
要不要抄送老板
同事跟老板告状
要不要给客户送礼物
客户要设计一个红包封面
甲方奇怪我们的设计师为什么没来
"""
