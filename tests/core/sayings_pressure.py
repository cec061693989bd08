"""Threats with a review, a lawyer or a chargeback and no invoice, as tired people tell of them; near misses."""

from __future__ import annotations

PRESSURE = """
bad-review: The client says he'll leave a one-star review if we don't redo it all for free
bad-review: Client threatens us with a bad Google review
bad-review: A customer posted a nasty review about us on Trustpilot, what do we do?
bad-review: she left us a 1 star review and it's full of lies
bad-review: He says he'll destroy our reputation online unless we give a discount
bad-review: Client is trashing us on social media
bad-review: He's promised me a bad review unless the last round is free
bad-review: they gave us one star and a paragraph of nonsense
bad-review: Globex says it will tell the whole internet how awful we are
bad-review: angry client trashed us in a Facebook group
legal-threat: The client says he'll sue us
legal-threat: We received a letter from the client's lawyer
legal-threat: Client threatens legal action over the delay
legal-threat: Their attorney sent us a demand letter claiming damages
legal-threat: client is taking us to court
legal-threat: She says we'll hear from her lawyer
legal-threat: Acme is threatening us with their lawyers
legal-threat: They say they'll see us in court
legal-threat: my client is suing me
legal-threat: received court papers from a customer
money-back: The client wants all their money back although we delivered everything
money-back: Client is demanding a full refund
money-back: We just got a chargeback from a client for the logo project
money-back: the client disputed the payment with PayPal after we delivered
money-back: He wants his deposit back because he changed his mind
money-back: Client asks for a refund after approving the final design
money-back: the customer is asking for all of the deposit back after we did half the work
money-back: I got a dispute notice from Stripe for 1,200
money-back: client claims we owe them a refund
money-back: Acme wants to cancel and get a full refund
off-the-books: The client wants to pay cash without an invoice
off-the-books: Client asks us to do it off the books
off-the-books: client wants me to issue a fake invoice for a higher amount
off-the-books: He'd rather pay under the table so there's no VAT
off-the-books: The client asked for an invoice for something we didn't do
off-the-books: Client wants no invoice and a discount for cash in hand
off-the-books: The client offered to pay in cash, no paperwork
off-the-books: asked if we could leave it off the books
off-the-books: a customer wants me to write a bigger amount on the invoice
off-the-books: he won't pay VAT, wants to give me cash instead
bad-review: La clienta amenaza con dejarnos una mala reseña en Google si no le hacemos descuento
bad-review: Un cliente nos puso una estrella en Google y es mentira lo que dice
bad-review: El cliente nos está quemando en redes sociales
bad-review: Dice que va a hablar mal de nosotros en internet si no lo rehacemos gratis
bad-review: Nos dejó un comentario negativo en Trustpilot, qué hacemos
bad-review: Me amenaza con una reseña negativa
bad-review: Nos chantajea con una reseña
bad-review: el cliente habla pestes de nosotros en Instagram
bad-review: me pusieron una crítica injusta en Google Maps
bad-review: si no le hago rebaja me deja mala calificación
legal-threat: El cliente amenaza con demandarnos
legal-threat: Nos llegó un burofax del abogado del cliente
legal-threat: La clienta dice que nos va a llevar a juicio
legal-threat: El cliente me mandó una carta documento
legal-threat: Dice que va a hablar con su abogado
legal-threat: nos demandó el cliente, qué hago
legal-threat: Un cliente nos quiere demandar
legal-threat: el cliente amenaza con llevarnos a los tribunales
legal-threat: recibí un burofax de un cliente
legal-threat: su abogada me escribió reclamando daños
money-back: La clienta pide que le devolvamos el dinero después de aprobar todo
money-back: El cliente exige un reembolso completo
money-back: Nos hicieron un contracargo por el proyecto de la web
money-back: quiere que le devuelva el anticipo porque se arrepintió
money-back: El cliente abrió una disputa en PayPal
money-back: El cliente reclama la devolución del pago
money-back: el cliente exige que le reembolsemos todo
money-back: me abrieron una disputa en Stripe
money-back: pide que le devolvamos la mitad de lo pagado
money-back: quiere cancelar y que le regresemos el anticipo
off-the-books: El cliente quiere pagar en negro, sin factura
off-the-books: La clienta me pide hacerlo sin factura para ahorrarse el IVA
off-the-books: El cliente quiere que le haga una factura falsa
off-the-books: Me pide que infle la factura y le devuelva la diferencia
off-the-books: quiere pagar en efectivo y sin IVA
off-the-books: El cliente pide que facture otra cosa que no hicimos
off-the-books: me ofrece pagar en efectivo sin recibo
off-the-books: quiere que le facture de más
off-the-books: el cliente propone hacerlo sin factura
off-the-books: nos pide facturas falsas
bad-review: 客户威胁要给我们差评
bad-review: 客户在大众点评上给了一星差评，说的都不是真的
bad-review: 甲方说不免费改就去小红书曝光我们
bad-review: 客户给了差评怎么办
bad-review: 客户发朋友圈骂我们公司
bad-review: 他说要上网曝光我们，除非打五折
bad-review: 客人说不补拍就给差评
bad-review: 他把我们挂到网上了
bad-review: 客户在美团上留了个差评，胡说八道
bad-review: 甲方拿差评威胁我们
legal-threat: 客户威胁要起诉我们
legal-threat: 收到了客户的律师函
legal-threat: 甲方说要走法律程序
legal-threat: 客户说要告我们
legal-threat: 客户发律师函索赔，怎么办
legal-threat: 法院传票来了，是客户告我们
legal-threat: 客户要告我们违约
legal-threat: 甲方发来了律师函
legal-threat: 客户说已经请了律师
legal-threat: 被客户起诉了怎么办
money-back: 客户要求全额退款
money-back: 东西都交付了，客户要我们退钱
money-back: 客户在支付宝申请退款，可我们已经做完了
money-back: 甲方要退定金，说不做了
money-back: 客户向银行发起拒付
money-back: 客户验收之后又要求退款怎么办
money-back: 客户反悔，要我们全额退款
money-back: 做完了客户又说不要了，要退钱
money-back: PayPal上客户开了争议
money-back: 她要求我把定金退给她
off-the-books: 客户说不开发票便宜点行不行
off-the-books: 客户要求我们虚开发票
off-the-books: 甲方想走现金不开票
off-the-books: 客户让我们多开发票金额，再把差价返给他
off-the-books: 客户想私下转账避税
off-the-books: 甲方要我们帮他开假发票
off-the-books: 客户问能不能不开票给现金
off-the-books: 甲方让我虚开一张发票
off-the-books: 他想让我多开两万的发票
off-the-books: 客户提出走私账
"""
NO_PRESSURE = """
the review round keeps growing, she wants a fourth one for free
Can we ask the client to refund our travel costs?
our lawyer client hasn't paid his invoice
cash flow is tight for the client, he says, so he can't pay
our client is a law firm and every partner wants another logo
Their lawyers are still reviewing the contract, three months now
we want to sue the client, he owes us 9,000
should I leave the client a bad review?
I'm thinking of sending a lawyer's letter because Acme hasn't paid
she left us a five star review and now wants ten more changes
the client wants a refund page for their shop and keeps adding screens
they say they can't pay without an invoice, and we sent three
The client pays cash and always gets an invoice
performance review with the client was brutal, he insulted everyone
he says he'll talk to his lawyer before signing the contract
our accountant says we must not work without invoices
the court case is about their landlord
El cliente quiere otra ronda de revisión gratis
Pedimos al cliente el reembolso de los gastos de viaje y no contesta
nuestra clienta abogada no paga la factura
el flujo de efectivo del cliente está mal y por eso no paga
su abogado está revisando el contrato desde hace tres meses
queremos demandar al cliente porque nos debe 9000
este proyecto nos demanda demasiado tiempo, pide cambios cada día
Nos dejó una reseña de cinco estrellas y ahora pide diez cambios más
el cliente quiere el logo en negro, luego en azul, luego en negro
dice que sin factura no nos puede pagar y ya le mandamos tres
el cliente tiene tres facturas sin pagar
me dio una mala opinión del diseño
¿le mando un burofax por lo que nos debe?
客户要求第四轮评审，还是免费
想让客户报销差旅费，他一直不理
我们的律师客户一直不付款
客户说现金流紧张，款先不付
对方的律师还在看合同，看了三个月
客户欠我们九万，我们想起诉他
客户不付款，要不要发律师函
客户把需求告诉我们之后又全改了
他们的广告我们改了二十遍
客户给了五星好评，又要加十个修改
客户说不开发票就不付款，我们早开了
发票开了两个月客户还没付
客户拒付尾款
客户想用曝光抵设计费
客户的网店要加一个退款页面
"""
