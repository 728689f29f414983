"""Messages: every expected error and every word of the counter, as what happened and what to do now."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from pos.alipay.advice import Advice, advice, bare, refund_advice
from pos.domain.errors import PosError
from pos.till.pay import Refused
from ui import language
from ui.keys import now
from ui.keys.keymap import Press
from ui.stage import Said, Word

Kind = Literal["good", "look", "stop"]


@dataclass(frozen=True, slots=True)
class Notice:
    """One row of words: what happened, what to do, a short code, and how loud it is."""

    words: str
    action: str
    code: str
    kind: Kind


Row = tuple[Kind, str, str]
FACT_SHOWN = 160
"""Characters of a fact that fit into a sentence."""


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name lupdate looks for; Qt's own is untyped)
    """Mark a text for translation and return it."""
    return text


_ERRORS: dict[str, Row] = {
    "P-102": ("stop", QT_TRANSLATE_NOOP("messages", "购物车已满 {limit} 行"), QT_TRANSLATE_NOOP("messages", "先结算这一单，其余另开一单")),
    "P-103": ("stop", QT_TRANSLATE_NOOP("messages", "数量要在 1 到 {limit} 之间"), QT_TRANSLATE_NOOP("messages", "重新输入数量")),
    "P-105": ("stop", QT_TRANSLATE_NOOP("messages", "收到 {handed_over}，应收 {due}，不够"), QT_TRANSLATE_NOOP("messages", "再收差额，或换一种付款方式")),
    "P-106": ("stop", QT_TRANSLATE_NOOP("messages", "还没有开班"), QT_TRANSLATE_NOOP("messages", "先开班再收款")),
    "P-107": ("stop", QT_TRANSLATE_NOOP("messages", "工号 {cashier} 的班还没有交"), QT_TRANSLATE_NOOP("messages", "请先交班")),
    "P-108": ("look", QT_TRANSLATE_NOOP("messages", "还不能结算：有 {unknown} 个不认识的条码"),
              QT_TRANSLATE_NOOP("messages", "按 {key_void_line} 删除选中的这一行，再按名称查找商品")),
    "P-109": ("stop", QT_TRANSLATE_NOOP("messages", "工号或密码不对"), QT_TRANSLATE_NOOP("messages", "还可以试 {tries_left} 次")),
    "P-110": ("stop", QT_TRANSLATE_NOOP("messages", "密码错了太多次"), QT_TRANSLATE_NOOP("messages", "最多等 {minutes} 分钟就可以再试；店长可以在登录页用解锁码，不用等")),
    "P-111": ("stop", QT_TRANSLATE_NOOP("messages", "金额太大"), QT_TRANSLATE_NOOP("messages", "请核对数量和价格")),
    "P-112": ("look", QT_TRANSLATE_NOOP("messages", "这一行已经不在了"), QT_TRANSLATE_NOOP("messages", "重新选一行")),
    "P-113": ("stop", QT_TRANSLATE_NOOP("messages", "这一单已经收了钱，或者正在收"), QT_TRANSLATE_NOOP("messages", "等它结束，或在结算页退回；不要让顾客再付")),
    "P-114": ("look", QT_TRANSLATE_NOOP("messages", "看不懂这个数字：{text}"), QT_TRANSLATE_NOOP("messages", "重新输入")),
    "P-115": ("look", QT_TRANSLATE_NOOP("messages", "这个密码太容易被猜到"), QT_TRANSLATE_NOOP("messages", "至少 {digits} 位，不要用工号、生日、连号或重复的数字")),
    "P-116": ("look", QT_TRANSLATE_NOOP("messages", "这一步要店长同意"), QT_TRANSLATE_NOOP("messages", "请店长扫员工卡、输入工号和密码，或在电话里同意")),
    "P-117": ("look", QT_TRANSLATE_NOOP("messages", "不能自己同意自己"), QT_TRANSLATE_NOOP("messages", "请店长来")),
    "P-118": ("stop", QT_TRANSLATE_NOOP("messages", "解锁码不对"), QT_TRANSLATE_NOOP("messages", "核对店长保管的 16 位解锁码；没有就等一等")),
    "P-120": ("stop", QT_TRANSLATE_NOOP("messages", "电话里报的 6 位数不对"), QT_TRANSLATE_NOOP("messages", "请对方核对屏幕上的 8 位数、事项和金额；还可以试 {tries_left} 次")),
    "P-121": ("look", QT_TRANSLATE_NOOP("messages", "这个电话码用过了、过了一分钟，或者不是给这一笔的"), QT_TRANSLATE_NOOP("messages", "再按“电话同意”，报新的 8 位数")),
    "P-122": ("look", QT_TRANSLATE_NOOP("messages", "工号 {number} 在这台柜台没有电话钥匙"), QT_TRANSLATE_NOOP("messages", "请对方到柜台扫卡或输入密码，或换一位店长")),
    "P-123": ("look", QT_TRANSLATE_NOOP("messages", "这张员工卡在这台柜台没有登记"), QT_TRANSLATE_NOOP("messages", "用工号和密码，或请店长重新发卡")),
    "P-124": ("look", QT_TRANSLATE_NOOP("messages", "还没有写原因"), QT_TRANSLATE_NOOP("messages", "选一个原因，或输入几个字")),
    "P-131": ("look", QT_TRANSLATE_NOOP("messages", "还不能结算：“{name}”没有价格"), QT_TRANSLATE_NOOP("messages", "选中那一行，给它定价")),
    "P-132": ("look", QT_TRANSLATE_NOOP("messages", "折扣不对：最多 {limit}"), QT_TRANSLATE_NOOP("messages", "重新输入折扣")),
    "P-136": ("look", QT_TRANSLATE_NOOP("messages", "折扣是 0，什么也没有减"), QT_TRANSLATE_NOOP("messages", "输入要减多少；不打折就按 {key_void_line}")),
    "P-133": ("look", QT_TRANSLATE_NOOP("messages", "这一行不能这样改"), QT_TRANSLATE_NOOP("messages", "不认识的商品没有价格；只有称重商品可以去皮")),
    "P-135": ("look", QT_TRANSLATE_NOOP("messages", "还不能结算：“{name}”还没有称重"), QT_TRANSLATE_NOOP("messages", "按 {key_quantity} 输入重量，或按 {key_weigh} 取秤上的")),
    "P-134": ("look", QT_TRANSLATE_NOOP("messages", "没有可以撤销的"), QT_TRANSLATE_NOOP("messages", "接着扫商品")),
    "P-151": ("look", QT_TRANSLATE_NOOP("messages", "{name} 的秤标签上没有可以卖的重量或金额"), QT_TRANSLATE_NOOP("messages", "请重新称，或按名称查找商品")),
    "P-152": ("look", QT_TRANSLATE_NOOP("messages", "要 {needed} 张不同的秤标签，现在有 {count} 张"), QT_TRANSLATE_NOOP("messages", "再扫一张重量不同的")),
    "P-153": ("look", QT_TRANSLATE_NOOP("messages", "这不是秤标签：{text}"), QT_TRANSLATE_NOOP("messages", "请扫电子秤打印的 13 位或 18 位条码")),
    "P-154": ("stop", QT_TRANSLATE_NOOP("messages", "这几张不是同一种秤标签：{text} 和 {other}"), QT_TRANSLATE_NOOP("messages", "请用同一台秤打三张再扫")),
    "P-155": ("look", QT_TRANSLATE_NOOP("messages", "这 {count} 张秤标签没有一种读法对得上本店的称重商品"), QT_TRANSLATE_NOOP("messages", "核对秤里的货号和商品资料，再打三张")),
    "P-156": ("stop", QT_TRANSLATE_NOOP("messages", "{name} 已过期，不能卖：有效期到 {expires_on}"), QT_TRANSLATE_NOOP("messages", "没有加入；请拿开，换一件没过期的")),
    "P-157": ("stop", QT_TRANSLATE_NOOP("messages", "{name} 已被召回，不能卖：{words}"), QT_TRANSLATE_NOOP("messages", "没有加入；请拿开交给店长")),
    "P-158": ("look", QT_TRANSLATE_NOOP("messages", "皮重 {tare_g} 克不比毛重 {gross_g} 克轻"), QT_TRANSLATE_NOOP("messages", "核对皮重，或重新称")),
    "P-159": ("look", QT_TRANSLATE_NOOP("messages", "手工输入的重量最多 {limit_kg} 公斤"), QT_TRANSLATE_NOOP("messages", "核对重量；克数不带小数点，公斤如 0.75")),
    "P-160": ("look", QT_TRANSLATE_NOOP("messages", "{text} 像条码，不能当数字用"), QT_TRANSLATE_NOOP("messages", "条码在扫描框里输入；按 {key_stop} 离开")),
    "P-161": ("look", QT_TRANSLATE_NOOP("messages", "{number} 是公斤还是克？"), QT_TRANSLATE_NOOP("messages", "公斤请输入 {number}.0，克请输入 {kilos}")),
    "P-171": ("look", QT_TRANSLATE_NOOP("messages", "柜台上没有商品，不用挂单"), QT_TRANSLATE_NOOP("messages", "先扫商品")),
    "P-172": ("look", QT_TRANSLATE_NOOP("messages", "这台柜台已经挂了 {limit} 单"), QT_TRANSLATE_NOOP("messages", "先取出或作废几单，再挂")),
    "P-173": ("look", QT_TRANSLATE_NOOP("messages", "柜台上还有商品，不能取单"), QT_TRANSLATE_NOOP("messages", "先收款，或先把这一单挂起来")),
    "P-174": ("look", QT_TRANSLATE_NOOP("messages", "这一单已经被 {till} 取走了"), QT_TRANSLATE_NOOP("messages", "请顾客到那台柜台付款")),
    "P-175": ("look", QT_TRANSLATE_NOOP("messages", "这一单已经不在挂单里了"), QT_TRANSLATE_NOOP("messages", "看看是不是已经取出；不是就重新扫商品")),
    "P-176": ("look", QT_TRANSLATE_NOOP("messages", "{till} 的程序更新，这里读不了这一单"), QT_TRANSLATE_NOOP("messages", "请到 {till} 取单；这一单没有丢")),
    "P-177": ("look", QT_TRANSLATE_NOOP("messages", "这一单已经收过款：{receipt_no}"), QT_TRANSLATE_NOOP("messages", "不用再收；核对小票")),
    "P-191": ("look", QT_TRANSLATE_NOOP("messages", "{day} 还有班没有交"), QT_TRANSLATE_NOOP("messages", "先交班，再日结")),
    "P-192": ("look", QT_TRANSLATE_NOOP("messages", "{day} 已经日结过了"), QT_TRANSLATE_NOOP("messages", "日结以后数字不再改；迟到的单据另附说明")),
    "P-193": ("look", QT_TRANSLATE_NOOP("messages", "{day} 没有开过班"), QT_TRANSLATE_NOOP("messages", "换一天")),
    "P-194": ("stop", QT_TRANSLATE_NOOP("messages", "写不到 {path}：{reason}"), QT_TRANSLATE_NOOP("messages", "换一个还没有的文件夹，或换一个 U 盘")),
    "P-195": ("stop", QT_TRANSLATE_NOOP("messages", "读不了这个数据包：{reason}"), QT_TRANSLATE_NOOP("messages", "请从收银机重新导出")),
    "P-196": ("stop", QT_TRANSLATE_NOOP("messages", "这不是总部的收件码：{text}"), QT_TRANSLATE_NOOP("messages", "向总部要收件码，整串复制")),
    "P-203": ("look", QT_TRANSLATE_NOOP("messages", "这不是支付宝付款码"), QT_TRANSLATE_NOOP("messages", "请顾客打开支付宝的“付款码”再扫")),
    "P-205": ("look", QT_TRANSLATE_NOOP("messages", "这笔支付刚刚有了结果"), QT_TRANSLATE_NOOP("messages", "请看屏幕上的最新状态")),
    "P-206": ("look", QT_TRANSLATE_NOOP("messages", "这台柜台没有开通支付宝"), QT_TRANSLATE_NOOP("messages", "收现金，或请店长填写商户设置")),
    "P-207": ("stop", QT_TRANSLATE_NOOP("messages", "这不是支付宝的账单：{reason}"), QT_TRANSLATE_NOOP("messages", "换一个文件，或重新下载")),
    "P-208": ("stop", QT_TRANSLATE_NOOP("messages", "不能退 {amount}：这一笔还可以退 {left}"), QT_TRANSLATE_NOOP("messages", "改小金额，或核对已经退过的")),
    "P-209": ("look", QT_TRANSLATE_NOOP("messages", "没有这张小票：{receipt_no}"), QT_TRANSLATE_NOOP("messages", "核对小票号；刚在别的柜台付的要等它上传")),
    "P-210": ("look", QT_TRANSLATE_NOOP("messages", "这张小票没有用支付宝付款"), QT_TRANSLATE_NOOP("messages", "按原来的付款方式退：请店长处理")),
    "P-211": ("look", QT_TRANSLATE_NOOP("messages", "支付宝连不上，没有收款"), QT_TRANSLATE_NOOP("messages", "请收现金；线路恢复后支付宝会自动可用")),
    "P-212": ("look", QT_TRANSLATE_NOOP("messages", "支付宝还没有 {day} 的账单"), QT_TRANSLATE_NOOP("messages", "账单在第二天上午九点以后才有，请稍后再试")),
    "P-213": ("look", QT_TRANSLATE_NOOP("messages", "不能收 {amount}：还差 {due}"), QT_TRANSLATE_NOOP("messages", "改小金额再收")),
    "P-214": ("stop", QT_TRANSLATE_NOOP("messages", "已经收了 {paid}，商品不能少于这个数（{total}）"), QT_TRANSLATE_NOOP("messages", "先在结算页退回一部分，再改商品")),
    "P-215": ("stop", QT_TRANSLATE_NOOP("messages", "这笔付款不能改：支付宝和储值卡以对方的账为准"), QT_TRANSLATE_NOOP("messages", "只有现金和刷卡可以互改；支付宝收错了请退款")),
    "P-216": ("stop", QT_TRANSLATE_NOOP("messages", "这笔付款的商品已经换过货，付款方式不能再改"), QT_TRANSLATE_NOOP("messages", "请店长记下这张小票，和刷卡单放在一起对账")),
    "P-221": ("stop", QT_TRANSLATE_NOOP("messages", "这张小票不是本店打的，或者被改过"), QT_TRANSLATE_NOOP("messages", "不要退；请店长看小票原件，或输入小票号查原单")),
    "P-222": ("look", QT_TRANSLATE_NOOP("messages", "“{name}”不能退这么多：还可以退 {left}"), QT_TRANSLATE_NOOP("messages", "核对小票和已经退过的")),
    "P-223": ("look", QT_TRANSLATE_NOOP("messages", "没有要退的商品"), QT_TRANSLATE_NOOP("messages", "先选退哪些；全部退过的不能再退")),
    "P-224": ("stop", QT_TRANSLATE_NOOP("messages", "不能退 {amount}：凭这张小票还可以退 {left}"), QT_TRANSLATE_NOOP("messages", "减少商品，或等连上总部再退")),
    "P-225": ("stop", QT_TRANSLATE_NOOP("messages", "这种付款（{kind}）在这台柜台退不回去"), QT_TRANSLATE_NOOP("messages", "请店长处理")),
    "P-226": ("look", QT_TRANSLATE_NOOP("messages", "这一单是别的柜台卖的，现在问不到总部"), QT_TRANSLATE_NOOP("messages", "扫小票上的二维码，或等连上总部")),
    "P-227": ("stop", QT_TRANSLATE_NOOP("messages", "换货退回的商品变了，或者不是在这台柜台办的"), QT_TRANSLATE_NOOP("messages", "清空这一单，重新扫小票办换货")),
    "P-228": ("look", QT_TRANSLATE_NOOP("messages", "这一单已经在换货"), QT_TRANSLATE_NOOP("messages", "先收完这一单，再办下一个换货")),
    "P-229": ("look", QT_TRANSLATE_NOOP("messages", "银行卡付的不能直接换货"), QT_TRANSLATE_NOOP("messages", "先把商品退回银行卡，新商品另收一单")),
    "P-301": ("look", QT_TRANSLATE_NOOP("messages", "摄像头断开了：{source}"), QT_TRANSLATE_NOOP("messages", "检查插头；插好会自动恢复，扫码枪照常可用")),
    "P-302": ("look", QT_TRANSLATE_NOOP("messages", "缺少识读库 {library}"), QT_TRANSLATE_NOOP("messages", "摄像头识读会慢一些，请技术人员安装")),
    "P-303": ("stop", QT_TRANSLATE_NOOP("messages", "录像写不进去：{path}"), QT_TRANSLATE_NOOP("messages", "核对文件夹和磁盘空间")),
    "P-309": ("look", QT_TRANSLATE_NOOP("messages", "图片清单读不出来：{path}"), QT_TRANSLATE_NOOP("messages", "核对文件：要有 file、symbology、expected 三列")),
    "P-304": ("look", QT_TRANSLATE_NOOP("messages", "备份盘写不进去，第二份账没有跟上"), QT_TRANSLATE_NOOP("messages", "照常收款；插好备份盘会自动补上，请告诉店长")),
    "P-320": ("look", QT_TRANSLATE_NOOP("messages", "电子秤断开了：{port}"), QT_TRANSLATE_NOOP("messages", "检查电源和插头；插好会自动恢复，也可以手工输入重量")),
    "P-321": ("look", QT_TRANSLATE_NOOP("messages", "电子秤没有回答：{port}"), QT_TRANSLATE_NOOP("messages", "检查秤的通信设置，或手工输入重量")),
    "P-322": ("look", QT_TRANSLATE_NOOP("messages", "重量还在变"), QT_TRANSLATE_NOOP("messages", "等秤稳定再取")),
    "P-323": ("look", QT_TRANSLATE_NOOP("messages", "秤上没有重量，或低于零"), QT_TRANSLATE_NOOP("messages", "清空秤盘按清零，再放商品")),
    "P-324": ("stop", QT_TRANSLATE_NOOP("messages", "超过了秤的量程"), QT_TRANSLATE_NOOP("messages", "分几次称，或换一台秤")),
    "P-181": ("look", QT_TRANSLATE_NOOP("messages", "还没有可以重打的小票"), QT_TRANSLATE_NOOP("messages", "先收完一单")),
    "P-330": ("look", QT_TRANSLATE_NOOP("messages", "这不是打印机的地址：{address}"), QT_TRANSLATE_NOOP("messages", "例如 192.168.1.50、/dev/ttyUSB0、04b8:0e28 或 /dev/usb/lp0")),
    "P-331": ("look", QT_TRANSLATE_NOOP("messages", "打印机连不上：{address}"), QT_TRANSLATE_NOOP("messages", "照常收款；检查电源和插头，接好会自动打印")),
    "P-332": ("look", QT_TRANSLATE_NOOP("messages", "打印机没有纸了"), QT_TRANSLATE_NOOP("messages", "照常收款；换一卷纸，换好会自动打印")),
    "P-333": ("look", QT_TRANSLATE_NOOP("messages", "打印机的盖子开着"), QT_TRANSLATE_NOOP("messages", "照常收款；盖好会自动打印")),
    "P-334": ("look", QT_TRANSLATE_NOOP("messages", "打印机报告故障：{address}"), QT_TRANSLATE_NOOP("messages", "照常收款；关掉再开，还不行请检查切刀")),
    "P-335": ("look", QT_TRANSLATE_NOOP("messages", "有一张小票不知道打出来没有"), QT_TRANSLATE_NOOP("messages", "看看打印机；没有就按 {key_printing} 再打")),
    "P-336": ("look", QT_TRANSLATE_NOOP("messages", "这台柜台没有设打印机"), QT_TRANSLATE_NOOP("messages", "请店长在“店内设置”里填打印机地址")),
    "P-337": ("stop", QT_TRANSLATE_NOOP("messages", "文件写不进去：{path}"), QT_TRANSLATE_NOOP("messages", "核对文件夹和磁盘空间；文件若开着请先关掉")),
    "P-338": ("look", QT_TRANSLATE_NOOP("messages", "这不是图片：{path}"), QT_TRANSLATE_NOOP("messages", "请选 PNG 或 JPG 文件")),
    "P-325": ("look", QT_TRANSLATE_NOOP("messages", "顾客数字屏断开了：{port}"), QT_TRANSLATE_NOOP("messages", "照常收款；检查电源和插头，插好会自动恢复")),
    "P-401": ("look", QT_TRANSLATE_NOOP("messages", "连不上总部"), QT_TRANSLATE_NOOP("messages", "照常收款，恢复后自动上传")),
    "P-402": ("stop", QT_TRANSLATE_NOOP("messages", "总部有另一台柜台用了同一个编号"), QT_TRANSLATE_NOOP("messages", "照常收款，请马上联系技术人员")),
    "P-404": ("look", QT_TRANSLATE_NOOP("messages", "这台柜台还没有在总部登记"), QT_TRANSLATE_NOOP("messages", "照常收款，账目留在本机；请技术人员登记")),
    "P-405": ("stop", QT_TRANSLATE_NOOP("messages", "回答的不是登记过的总部：{reason}"), QT_TRANSLATE_NOOP("messages", "照常收款，价格不会变；请马上联系技术人员")),
    "P-406": ("stop", QT_TRANSLATE_NOOP("messages", "总部不认这台柜台的密钥"), QT_TRANSLATE_NOOP("messages", "照常收款，账目留在本机；请技术人员重新登记")),
    "P-407": ("look", QT_TRANSLATE_NOOP("messages", "柜台的时钟和总部差 {minutes} 分钟"), QT_TRANSLATE_NOOP("messages", "照常收款和上传；请技术人员校准时间")),
    "P-408": ("stop", QT_TRANSLATE_NOOP("messages", "登记码不对，或已经用过、过期"), QT_TRANSLATE_NOOP("messages", "请总部再给一个登记码")),
    "P-619": ("look", QT_TRANSLATE_NOOP("messages", "商品键的排列有错：第 {page} 页的 {field}"), QT_TRANSLATE_NOOP("messages", "改好这一页再保存；照常收款")),
    "P-409": ("look", QT_TRANSLATE_NOOP("messages", "总部新发的门店规则有错，没有采用：{reason}"), QT_TRANSLATE_NOOP("messages", "照常收款，仍按原来的规则；请告诉总部")),
    "P-403": ("look", QT_TRANSLATE_NOOP("messages", "总部没有收下账目（{status}）"), QT_TRANSLATE_NOOP("messages", "照常收款，会自动重试；请告诉技术人员")),
    "P-500": ("stop", QT_TRANSLATE_NOOP("messages", "文件夹或文件用不了：{path}"), QT_TRANSLATE_NOOP("messages", "{reason}")),
    "P-501": ("stop", QT_TRANSLATE_NOOP("messages", "磁盘满了，这一笔没有记下"), QT_TRANSLATE_NOOP("messages", "不要交货；请技术人员清理磁盘后再试")),
    "P-502": ("stop", QT_TRANSLATE_NOOP("messages", "账目文件读不出来：{path}"), QT_TRANSLATE_NOOP("messages", "停止收款，文件没有改动，请联系技术人员")),
    "P-503": ("stop", QT_TRANSLATE_NOOP("messages", "账目文件是新版本写的：{path}"), QT_TRANSLATE_NOOP("messages", "请升级柜台程序，文件没有改动")),
    "P-504": ("stop", QT_TRANSLATE_NOOP("messages", "SQLite {found} 有丢账的缺陷"), QT_TRANSLATE_NOOP("messages", "需要 {needed} 或更新，请重新安装柜台")),
    "P-505": ("stop", QT_TRANSLATE_NOOP("messages", "另一个柜台程序正在用同一个账本"), QT_TRANSLATE_NOOP("messages", "关掉另一个窗口再打开：{path}")),
    "P-506": ("stop", QT_TRANSLATE_NOOP("messages", "这一笔是否记下还不知道"), QT_TRANSLATE_NOOP("messages", "不要重做；请重新打开柜台，会自动查清")),
    "P-507": ("stop", QT_TRANSLATE_NOOP("messages", "账目在第 {seq} 条被改动过"), QT_TRANSLATE_NOOP("messages", "停止收款，请联系店长和技术人员")),
    "P-508": ("stop", QT_TRANSLATE_NOOP("messages", "账目比备份旧：第 {seq} 条对不上"), QT_TRANSLATE_NOOP("messages", "先不要收款；请技术人员运行 ./till admin rebuild")),
    "P-509": ("stop", QT_TRANSLATE_NOOP("messages", "这个文件是备份，不能直接收款：{path}"), QT_TRANSLATE_NOOP("messages", "请技术人员运行 ./till admin rebuild")),
    "P-510": ("stop", QT_TRANSLATE_NOOP("messages", "账目没有能重建：{path}"), QT_TRANSLATE_NOOP("messages", "{reason}")),
    "P-511": ("stop", QT_TRANSLATE_NOOP("messages", "还有账没有上传，不能移走"), QT_TRANSLATE_NOOP("messages", "{reason}")),
    "P-512": ("stop", QT_TRANSLATE_NOOP("messages", "磁盘满了，已放开备用空间"), QT_TRANSLATE_NOOP("messages", "没有记下的再做一次；收完手上的几单，请技术人员清理磁盘")),
    "P-601": ("stop", QT_TRANSLATE_NOOP("messages", "设置文件读不出来：{path}"), QT_TRANSLATE_NOOP("messages", "{reason}")),
    "P-602": ("stop", QT_TRANSLATE_NOOP("messages", "设置里有不认识的项：{key}"), QT_TRANSLATE_NOOP("messages", "删除它或改正拼写：{path}")),
    "P-603": ("stop", QT_TRANSLATE_NOOP("messages", "地址 {address} 已被别的程序占用"), QT_TRANSLATE_NOOP("messages", "关掉那个程序，或换一个端口")),
    "P-604": ("stop", QT_TRANSLATE_NOOP("messages", "密钥用不了：{path}"), QT_TRANSLATE_NOOP("messages", "{reason}")),
    "P-605": ("stop", QT_TRANSLATE_NOOP("messages", "PySide6 {pyside} 在 Python {python} 上会崩溃"), QT_TRANSLATE_NOOP("messages", "用 ./till 重新安装，它会选对版本")),
    "P-606": ("stop", QT_TRANSLATE_NOOP("messages", "缺少系统库 {library}"), QT_TRANSLATE_NOOP("messages", "{remedy}")),
    "P-607": ("stop", QT_TRANSLATE_NOOP("messages", "这个账本属于柜台 {found}"), QT_TRANSLATE_NOOP("messages", "核对设置里的门店号和柜台号：{path}")),
    "P-608": ("stop", QT_TRANSLATE_NOOP("messages", "辅助程序没有启动：{command}"), QT_TRANSLATE_NOOP("messages", "原因在 {log}")),
    "P-609": ("stop", QT_TRANSLATE_NOOP("messages", "总部的数据库用不了：{reason}"), QT_TRANSLATE_NOOP("messages", "核对数据库地址和服务")),
    "P-610": ("stop", QT_TRANSLATE_NOOP("messages", "支付宝网关地址不安全"), QT_TRANSLATE_NOOP("messages", "设置里要用 https 开头的地址")),
    "P-611": ("stop", QT_TRANSLATE_NOOP("messages", "连不上支付宝模拟器"), QT_TRANSLATE_NOOP("messages", "先启动模拟器，再核对地址")),
    "P-612": ("look", QT_TRANSLATE_NOOP("messages", "支付宝证书过期了，不能收支付宝"), QT_TRANSLATE_NOOP("messages", "请收现金，并让店长换新证书：{path}")),
    "P-613": ("stop", QT_TRANSLATE_NOOP("messages", "密码的密钥文件丢了或被换过，谁的密码都核对不了"), QT_TRANSLATE_NOOP("messages", "请技术人员放回 {path}，或用 ./till admin staff 给每个人重设密码")),
    "P-701": ("look", QT_TRANSLATE_NOOP("messages", "促销规则 {rule} 写错了：{field}（{reason}）"), QT_TRANSLATE_NOOP("messages", "照常收款，按原来的规则；请告诉总部")),
    "P-702": ("stop", QT_TRANSLATE_NOOP("messages", "店内规则用不了：{part} 里的 {rule}（{field}：{reason}）"), QT_TRANSLATE_NOOP("messages", "照原来的规则收款；请店长或总部改正这条规则")),
    "P-999": ("stop", QT_TRANSLATE_NOOP("messages", "程序出错，这一步没有做完"), QT_TRANSLATE_NOOP("messages", "再试一次；还不行请联系技术人员，日志里有原因")),
}  # fmt: skip

_FALLBACK: Row = (
    "stop",
    QT_TRANSLATE_NOOP("messages", "出了意外，这一步没有做"),
    QT_TRANSLATE_NOOP("messages", "再试一次；还不行请联系技术人员"),
)

_WORDS: dict[Word, Row] = {
    Word.EMPTY_CART: ("look", QT_TRANSLATE_NOOP("messages", "购物车是空的"), QT_TRANSLATE_NOOP("messages", "先扫商品")),
    Word.MUCH_CASH: ("look", QT_TRANSLATE_NOOP("messages", "找零 {reason}？"), QT_TRANSLATE_NOOP("messages", "真收到 {amount}，再按一次就收；不是就改")),
    Word.MUCH_DEARER: ("look", QT_TRANSLATE_NOOP("messages", "单价 {amount}？原价是 {reason}"), QT_TRANSLATE_NOOP("messages", "真卖这么贵，再按一次就改；不是就重新输入")),
    Word.CASH_FIRST: ("look", QT_TRANSLATE_NOOP("messages", "还没有输入收到的现金"), QT_TRANSLATE_NOOP("messages", "输入金额，或按“正好”")),
    Word.PICK_ONE: ("look", QT_TRANSLATE_NOOP("messages", "商品很多，只有前 {reason} 种有行号"), QT_TRANSLATE_NOOP("messages", "输入行号，点一下那一行，或重新输入长一点的词")),
    Word.NOT_FOUND: ("look", QT_TRANSLATE_NOOP("messages", "没有找到“{reason}”"), QT_TRANSLATE_NOOP("messages", "换一个名称或拼音首字母")),
    Word.NO_SUCH_ROW: ("look", QT_TRANSLATE_NOOP("messages", "没有这一行：行号是 {reason}"), QT_TRANSLATE_NOOP("messages", "输入行号再按 {key_take}，或点一下那一行")),
    Word.NUMBER_ALONE: ("look", QT_TRANSLATE_NOOP("messages", "只有数字 {reason}，不知道是什么"), QT_TRANSLATE_NOOP("messages", "改数量请按 {key_quantity}；条码要输入完整")),
    Word.UNKNOWN_BARCODE: ("look", QT_TRANSLATE_NOOP("messages", "没有这个条码 {reason}"), QT_TRANSLATE_NOOP("messages", "按 {key_void_line} 删除这一行，或按名称查找商品")),
    Word.CODE_BEFORE_GOODS: ("look", QT_TRANSLATE_NOOP("messages", "看到付款码，可是还没有可以结算的商品"), QT_TRANSLATE_NOOP("messages", "先扫商品")),
    Word.BUSY_PAYING: ("look", QT_TRANSLATE_NOOP("messages", "正在收款，刚才扫的没有加入"), QT_TRANSLATE_NOOP("messages", "收完这一笔再扫")),
    Word.IN_HAND: ("look", QT_TRANSLATE_NOOP("messages", "正在办，还没有结果"), QT_TRANSLATE_NOOP("messages", "请等几秒，办好了再走")),
    Word.LABEL_MISMATCH: ("look", QT_TRANSLATE_NOOP("messages", "秤标签 {amount}，按单价是 {reason}"), QT_TRANSLATE_NOOP("messages", "按秤标签收；秤里可能是旧价，请告诉店长")),
    Word.LABEL_REDUCED: ("look", QT_TRANSLATE_NOOP("messages", "秤标签 {amount}，优惠后收 {reason}"), QT_TRANSLATE_NOOP("messages", "标签和单价对不上；秤里可能是旧价，请告诉店长")),
    Word.LOOK_FOR_LOT: ("look", QT_TRANSLATE_NOOP("messages", "看包装批号：{reason} 已被召回"), QT_TRANSLATE_NOOP("messages", "是这一批就拿开，按 {key_void_line} 删除；不是就照常卖")),
    Word.MEMBER_HERE: ("good", QT_TRANSLATE_NOOP("messages", "会员 {reason}"), QT_TRANSLATE_NOOP("messages", "会员价已经省了 {amount}；可以接着扫")),
    Word.MEMBER_LATER: ("good", QT_TRANSLATE_NOOP("messages", "会员 {reason}"), QT_TRANSLATE_NOOP("messages", "这一单没有更便宜的会员价；扫到有的自动算")),
    Word.MEMBER_STRANGE: ("look", QT_TRANSLATE_NOOP("messages", "会员 {reason}：不像本店的会员号"), QT_TRANSLATE_NOOP("messages", "没有会员价；输错了按 {key_member} 再输一次")),
    Word.COUPON_USED: ("good", QT_TRANSLATE_NOOP("messages", "优惠券已用，减 {amount}"), QT_TRANSLATE_NOOP("messages", "券号 {reason}")),
    Word.COUPON_WAITS: ("look", QT_TRANSLATE_NOOP("messages", "“{reason}”这一单用不上"), QT_TRANSLATE_NOOP("messages", "可能还差件数，日期、会员不对，或别的优惠更划算；照常收款")),
    Word.COUPON_SPEND: ("look", QT_TRANSLATE_NOOP("messages", "“{reason}”还用不上"), QT_TRANSLATE_NOOP("messages", "再买 {amount} 能用这张券的商品，到了自动减")),
    Word.COUPON_FREE: ("look", QT_TRANSLATE_NOOP("messages", "“{reason}”没有用掉：不用它也不收钱"), QT_TRANSLATE_NOOP("messages", "请把券还给顾客，下次再用")),
    Word.COUPON_GOODS: ("look", QT_TRANSLATE_NOOP("messages", "“{reason}”还用不上"), QT_TRANSLATE_NOOP("messages", "能用这张券的商品还没有扫；扫到自动减")),
    Word.COUPON_STRANGE: ("look", QT_TRANSLATE_NOOP("messages", "本店没有这张券的活动"), QT_TRANSLATE_NOOP("messages", "请顾客看看券上的门店；券号 {reason}")),
    Word.REMOVED: ("good", QT_TRANSLATE_NOOP("messages", "已删除 {reason}"), QT_TRANSLATE_NOOP("messages", "删错了按 {key_undo} 拿回来")),
    Word.CLEARED: ("good", QT_TRANSLATE_NOOP("messages", "已清空 {reason} 行"), QT_TRANSLATE_NOOP("messages", "清错了按 {key_undo} 拿回来")),
    Word.CHOOSE_LINE: ("look", QT_TRANSLATE_NOOP("messages", "没有选中哪一行"), QT_TRANSLATE_NOOP("messages", "点一下那一行，或按 {key_line_up} {key_line_down} 选")),
    Word.LEFT_OUT: ("look", QT_TRANSLATE_NOOP("messages", "没有加入刚才扫的商品"), QT_TRANSLATE_NOOP("messages", "请从柜台上拿开，接着收款")),
    Word.WECHAT: ("look", QT_TRANSLATE_NOOP("messages", "这是微信付款码，这里不收微信"), QT_TRANSLATE_NOOP("messages", "请顾客打开支付宝，或收现金")),
    Word.RECEIPT_LATER: ("look", QT_TRANSLATE_NOOP("messages", "这是小票，要退款先收完这一单"), QT_TRANSLATE_NOOP("messages", "收完以后再扫小票")),
    Word.NOW_SELLS: ("good", QT_TRANSLATE_NOOP("messages", "现在是 {reason} 在收银"), QT_TRANSLATE_NOOP("messages", "购物车没有变，接着扫")),
    Word.CASH_MOVED: ("good", QT_TRANSLATE_NOOP("messages", "{reason}，已记下"), QT_TRANSLATE_NOOP("messages", "关好抽屉，接着扫商品")),
    Word.TENDER_CORRECTED: ("good", QT_TRANSLATE_NOOP("messages", "{amount} 已改：{reason}"), QT_TRANSLATE_NOOP("messages", "接着扫商品")),
    Word.BADGE: ("look", QT_TRANSLATE_NOOP("messages", "这是员工卡，现在用不上"), QT_TRANSLATE_NOOP("messages", "扫商品或付款码")),
    Word.DECLINED: ("stop", QT_TRANSLATE_NOOP("messages", "支付宝没有收到钱 {amount}"), ""),
    Word.NOT_YET: ("look", QT_TRANSLATE_NOOP("messages", "{reason} 问过支付宝，钱还没到"), QT_TRANSLATE_NOOP("messages", "请顾客在手机上确认；付了会自动完成")),
    Word.STOPPED: ("look", QT_TRANSLATE_NOOP("messages", "已停止，顾客没有被扣款"), QT_TRANSLATE_NOOP("messages", "可以重新扫码或收现金")),
    Word.STOPPED_UNCERTAIN: ("look", QT_TRANSLATE_NOOP("messages", "已停止；上一笔若已扣款，会自动退回顾客"),
                             QT_TRANSLATE_NOOP("messages", "可以收现金，或请顾客刷新付款码再扫")),
    Word.MONEY_RETURNED: ("look", QT_TRANSLATE_NOOP("messages", "顾客付的 {amount} 正在退回"), QT_TRANSLATE_NOOP("messages", "请告诉顾客；可以重新收款")),
    Word.PART_FIRST: ("look", QT_TRANSLATE_NOOP("messages", "少于应收，还没有收"), QT_TRANSLATE_NOOP("messages", "再按一次只收 {amount}，其余 {reason} 另付")),
    Word.PART_TAKEN: ("good", QT_TRANSLATE_NOOP("messages", "收到 {amount}，还差 {reason}"), QT_TRANSLATE_NOOP("messages", "其余可以再收现金或支付宝；不付了就按“退回”")),
    Word.PARTS_STAND: ("look", QT_TRANSLATE_NOOP("messages", "这一单已经收了 {amount}，还差 {reason}"), QT_TRANSLATE_NOOP("messages", "接着收完；不付了就按“退回”")),
    Word.GIVE_BACK_FIRST: ("look", QT_TRANSLATE_NOOP("messages", "退回最后收的 {amount}？"), QT_TRANSLATE_NOOP("messages", "再按一次就退")),
    Word.HANDED_BACK_FIRST: ("look", QT_TRANSLATE_NOOP("messages", "现金 {amount} 已经退给顾客了？"), QT_TRANSLATE_NOOP("messages", "退了就再按一次")),
    Word.CLEAR_RETURNS: ("look", QT_TRANSLATE_NOOP("messages", "这一单已经收了 {amount}，还没有清空"), QT_TRANSLATE_NOOP("messages", "再按一次“清空”：全部退回顾客，商品清空")),
    Word.CASH_BACK: ("look", QT_TRANSLATE_NOOP("messages", "请退给顾客现金 {amount}"), QT_TRANSLATE_NOOP("messages", "退了按“已退”（结算页或“支付”页）；支付宝的自动退回")),
    Word.CASH_UNCLAIMED: ("look", QT_TRANSLATE_NOOP("messages", "抽屉里有现金 {amount} 没有对应的销售"), QT_TRANSLATE_NOOP("messages", "请看“支付”页；不会自动退回")),
    Word.UNCLAIMED: ("look", QT_TRANSLATE_NOOP("messages", "有一笔支付宝 {amount} 没有对应的销售"), QT_TRANSLATE_NOOP("messages", "十分钟后自动退回顾客")),
    Word.LAID_ASIDE: ("good", QT_TRANSLATE_NOOP("messages", "已挂单 {amount}，{reason} 行"), QT_TRANSLATE_NOOP("messages", "接着扫下一位的；按 {key_resume} 取回")),
    Word.CART_RESTORED: ("look", QT_TRANSLATE_NOOP("messages", "上次没有结算的商品已恢复"), QT_TRANSLATE_NOOP("messages", "核对后继续，或清空")),
    Word.OTHERS_SHIFT: ("look", QT_TRANSLATE_NOOP("messages", "这是 {reason} 的班和钱箱，还没交班"), QT_TRANSLATE_NOOP("messages", "收的钱都算在这一班；要用自己的钱箱，先交班（{key_close_shift}）再开班")),
    Word.OTHERS_CART: ("look", QT_TRANSLATE_NOOP("messages", "这是 {reason} 的班，购物车里有 {amount} 没结算"), QT_TRANSLATE_NOOP("messages", "核对后接着收，或先挂单（{key_suspend}）；要用自己的钱箱，先交班（{key_close_shift}）")),
    Word.LANGUAGE_LATER: ("look", QT_TRANSLATE_NOOP("messages", "现在不能换语言"), QT_TRANSLATE_NOOP("messages", "等这一步有了结果，回到柜台再换")),
    Word.MANAGERS_ROOM: ("look", QT_TRANSLATE_NOOP("messages", "“今日”只给店长看"), QT_TRANSLATE_NOOP("messages", "请店长扫员工卡，或按 {key_lock} 用自己的工号登录；购物车不会丢")),
    Word.WEAK_PIN: ("look", QT_TRANSLATE_NOOP("messages", "您的密码太容易被猜到"), QT_TRANSLATE_NOOP("messages", "现在可以继续；请店长给您设一个新的")),
}  # fmt: skip

_ADVICE: dict[Advice, str] = {
    Advice.NEW_CODE: QT_TRANSLATE_NOOP("messages", "请顾客刷新付款码再扫"),
    Advice.OTHER_FUNDING: QT_TRANSLATE_NOOP("messages", "余额或卡不行：请顾客换一种付款来源再扫，或收现金"),
    Advice.CUSTOMER_SETTINGS: QT_TRANSLATE_NOOP("messages", "请顾客在支付宝里打开付款开关或完善实名，再扫；或收现金"),
    Advice.OTHER_ACCOUNT: QT_TRANSLATE_NOOP("messages", "这是本店自己的账号：请用别人的付款码"),
    Advice.OTHER_TENDER: QT_TRANSLATE_NOOP("messages", "这位顾客不能用支付宝付：请收现金"),
    Advice.AMOUNT: QT_TRANSLATE_NOOP("messages", "金额超出支付宝的限制：请收现金"),
    Advice.SHOP_LIMIT: QT_TRANSLATE_NOOP("messages", "本店今天的支付宝收款到了上限：请收现金，并告诉店长"),
    Advice.CONFIGURATION: QT_TRANSLATE_NOOP("messages", "商户设置有问题：请收现金，并告诉店长"),
    Advice.CLOCK: QT_TRANSLATE_NOOP("messages", "这台机器的时间不对：请收现金，并让技术人员校时"),
    Advice.TILL_FAULT: QT_TRANSLATE_NOOP("messages", "柜台发出的请求有误：请收现金，并告诉店长"),
    Advice.REFUND_TOO_OLD: QT_TRANSLATE_NOOP("messages", "过了可以退款的期限：请店长按现金退"),
    Advice.REFUND_TOO_MUCH: QT_TRANSLATE_NOOP("messages", "退得比剩下的多：核对这一笔已经退过多少"),
    Advice.SHOP_PURSE_EMPTY: QT_TRANSLATE_NOOP("messages", "本店支付宝余额不够：柜台会自动再退，请告诉店长充值"),
    Advice.NOTHING_TO_REFUND: QT_TRANSLATE_NOOP("messages", "这一笔没有可退的钱：没有付过，或已经全部退回"),
    Advice.REFUND_OTHERWISE: QT_TRANSLATE_NOOP("messages", "支付宝不能退这一笔：请店长按现金退"),
    Advice.WAIT: QT_TRANSLATE_NOOP("messages", "结果还不知道：不要让顾客再付，柜台正在查询"),
}

_CUSTOMER: dict[Advice, str] = {
    Advice.NEW_CODE: QT_TRANSLATE_NOOP("messages", "付款码过期了，请刷新一下再出示"),
    Advice.OTHER_FUNDING: QT_TRANSLATE_NOOP("messages", "这个付款方式余额或额度不够，请在支付宝里换一种，或付现金"),
    Advice.CUSTOMER_SETTINGS: QT_TRANSLATE_NOOP("messages", "请在支付宝里打开付款功能或完善身份信息，或付现金"),
    Advice.OTHER_ACCOUNT: QT_TRANSLATE_NOOP("messages", "这个账号不能在本店付款，请换一个"),
    Advice.OTHER_TENDER: QT_TRANSLATE_NOOP("messages", "支付宝没有受理这笔付款，请付现金"),
    Advice.AMOUNT: QT_TRANSLATE_NOOP("messages", "金额超出支付宝单笔限制，请付现金"),
    Advice.SHOP_LIMIT: QT_TRANSLATE_NOOP("messages", "本店暂时不能收支付宝，请付现金，抱歉"),
    Advice.CONFIGURATION: QT_TRANSLATE_NOOP("messages", "本店暂时不能收支付宝，请付现金，抱歉"),
    Advice.CLOCK: QT_TRANSLATE_NOOP("messages", "本店暂时不能收支付宝，请付现金，抱歉"),
    Advice.TILL_FAULT: QT_TRANSLATE_NOOP("messages", "本店暂时不能收支付宝，请付现金，抱歉"),
    Advice.REFUND_TOO_OLD: QT_TRANSLATE_NOOP("messages", "这笔付款过了退款期限，店长会用现金退给您"),
    Advice.REFUND_TOO_MUCH: QT_TRANSLATE_NOOP("messages", "这笔付款已经退过一部分，请稍等核对"),
    Advice.SHOP_PURSE_EMPTY: QT_TRANSLATE_NOOP("messages", "退款正在办理，钱会退回您的支付宝"),
    Advice.NOTHING_TO_REFUND: QT_TRANSLATE_NOOP("messages", "这笔付款没有可退的钱，请看支付宝账单"),
    Advice.REFUND_OTHERWISE: QT_TRANSLATE_NOOP("messages", "支付宝不能退这一笔，店长会用现金退给您"),
    Advice.WAIT: QT_TRANSLATE_NOOP("messages", "正在查询付款结果，请先不要再付"),
}

_UP_TO_THE_CUSTOMER = frozenset({
    Advice.NEW_CODE, Advice.OTHER_FUNDING, Advice.CUSTOMER_SETTINGS, Advice.OTHER_ACCOUNT, Advice.OTHER_TENDER,
    Advice.AMOUNT,
})  # fmt: skip
_READ_OUT = QT_TRANSLATE_NOOP("messages", "把下面的话读给顾客，再扫码或收现金")
_STOPPED = QT_TRANSLATE_NOOP("messages", "已停止收款，没有扣您的钱")
_STOPPED_UNCERTAIN = QT_TRANSLATE_NOOP("messages", "已停止收款；若手机上已扣款，会自动退回")
_RETURNED = QT_TRANSLATE_NOOP("messages", "您付的钱正在退回，请看支付宝账单")
_NO_CODE = QT_TRANSLATE_NOOP("messages", "收款码没有取到：再试一次，或扫顾客的付款码")


def notice_for(what: PosError | Said | Notice) -> Notice:
    """Return the words for an error or a word of the counter, in the language of the screen."""
    if isinstance(what, Notice):
        return what
    if isinstance(what, PosError):
        kind, words, action = _ERRORS.get(what.code, _FALLBACK)
        return Notice(_fill(words, what.facts), _fill(action, what.facts), what.code, kind)
    kind, words, action = _WORDS[what.word]
    reason = what.reason_en if what.reason_en and language.current() == "en" else what.reason
    facts: dict[str, object] = {"amount": what.amount, "reason": reason}
    code = ""
    if what.word is Word.DECLINED:
        action = _declined_action(what.reason)
        code = "".join(word[:1] for word in bare(what.reason).split("_")).upper()
    return Notice(_fill(words, facts), _fill(action, facts), code, kind)


def customer_words(refused: Refused) -> str:
    """Return what a customer is told whose payment did not go through."""
    if refused.is_returned:
        return _fill(_RETURNED, {})
    if refused.reason in {"stopped", "timeout", "returned"}:
        return _fill(_STOPPED if refused.is_certain else _STOPPED_UNCERTAIN, {})
    return _fill(_CUSTOMER[_advice(refused.reason)], {})


def refund_words(sub_code: str) -> tuple[str, str]:
    """Return what the cashier and the customer are told of a refund that was refused with this sub_code."""
    told = refund_advice(sub_code)
    return _fill(_ADVICE[told], {}), _fill(_CUSTOMER[told], {})


def _declined_action(reason: str) -> str:
    """Return what the cashier does; where it is up to the customer, the sentence for the customer says the rest."""
    if reason == "no_code":
        return _NO_CODE
    told = _advice(reason)
    return _READ_OUT if told in _UP_TO_THE_CUSTOMER else _ADVICE[told]


def _advice(reason: str) -> Advice:
    return Advice.NEW_CODE if reason in {"closed", "no_code"} else advice(reason)


def _fill(sentence: str, facts: dict[str, object]) -> str:
    if not sentence:
        return ""
    keys = {f"key_{press}": now.printed(press) for press in Press}
    told = keys | {key: str(value)[:FACT_SHOWN] for key, value in facts.items()}
    if language.current() == "en":
        told |= {key.removesuffix("_en"): words for key, words in told.items() if key.endswith("_en") and words}
    return QCoreApplication.translate("messages", sentence).format_map(_Blank(told))


class _Blank(dict[str, str]):
    """A fact that is missing reads as a dash instead of breaking the sentence."""

    def __missing__(self, key: str) -> str:
        return "—"
