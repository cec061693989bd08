"""Who is who in a text: the words for people of a team, which `<staff>` in a phrase stands for, and for clients."""

from __future__ import annotations

_ENGLISH = """
colleague colleagues coworker coworkers teammate teammates designer designers developer developers dev
programmer copywriter writer photographer photographers videographer cameraman camerawoman editor illustrator
animator producer assistant assistants intern interns junior juniors trainee apprentice receptionist
secretary exec executive manager coordinator pm lead cofounder waiter waitress bartender driver girl girls
guy lad woman women employee employees staff stylist model artist florist planner engineer technician
installer fitter cleaner crew team
"""
_SPANISH = """
companera companero companeras companeros colega colegas disenadora disenador disenadoras disenadores
fotografa fotografo becaria becario becarias becarios practicante practicantes pasante pasantes asistente
asistenta ayudante redactora redactor programadora programador desarrolladora desarrollador ilustradora
ilustrador maquilladora maquillador recepcionista secretaria secretario ejecutiva ejecutivo chica chico
chicas chicos muchacha muchacho socia socio empleada empleado empleadas empleados trabajadora trabajador
tecnica tecnico camarografa camarografo editora editor mesera mesero camarera camarero community junior
modelo productora productor coordinadora coordinador repartidor arquitecta arquitecto creativa creativo
directora director encargada encargado gerente vendedora vendedor cuentas equipo nina vieja
"""
_CHINESE = """
同事 女同事 男同事 实习生 设计师 设计 助理 前台 摄影师 摄像 策划 文案 运营 编辑 程序员 开发 产品经理 项目经理
经理 销售 客服 女生 小姑娘 姑娘 女孩 女员工 员工 师傅 工人 化妆师 模特 团队 剪辑 美工 服务员 司机 保安 组长
徒弟 伙伴 小伙子 小伙
"""
STAFF = "/".join((*_ENGLISH.split(), *_SPANISH.split(), *_CHINESE.split()))

CLIENT = "client/clients/customer/customers/cliente/clientes/clienta/clientas/客户/甲方/业主/案主/客人/金主/顾客"
