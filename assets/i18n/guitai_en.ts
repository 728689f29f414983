<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>AmountPage</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>AnswerPage</name>
    <message>
        <source>哪台柜台，如 0017-03</source>
        <translation>Which till, such as 0017-03</translation>
    </message>
    <message>
        <source>多少钱（元）</source>
        <translation>How much (yuan)</translation>
    </message>
    <message>
        <source>对方念的 8 位数</source>
        <translation>The 8 digits read out</translation>
    </message>
    <message>
        <source>你的密码</source>
        <translation>Your PIN</translation>
    </message>
    <message>
        <source>同意，给 6 位数</source>
        <translation>Approve and show code</translation>
    </message>
    <message>
        <source>回答电话同意</source>
        <translation>Approve by phone</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>门店 %s，柜台 %s：%s</source>
        <translation>Store %s, till %s: %s</translation>
    </message>
    <message>
        <source>念给对方，一分钟内有效</source>
        <translation>Read it out; good for a minute</translation>
    </message>
</context>
<context>
    <name>ApprovalPanel</name>
    <message>
        <source>工号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>电话同意</source>
        <translation>By phone</translation>
    </message>
    <message>
        <source>6 位数</source>
        <translation>6 digits</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>改用密码</source>
        <translation>Use PIN</translation>
    </message>
    <message>
        <source>念给对方：柜台 %s，%s，%s。一分钟内填对方报回的 6 位数</source>
        <translation>Read out: till %s, %s, %s. Type the 6 digits you hear within a minute</translation>
    </message>
    <message>
        <source>✓ 已扫员工卡</source>
        <translation>✓ Badge scanned</translation>
    </message>
    <message>
        <source>密码正在输入（不显示）</source>
        <translation>PIN is being typed (not shown)</translation>
    </message>
    <message>
        <source>%s 要店长同意：扫员工卡，或输入工号和密码</source>
        <translation>%s needs approval: scan a badge, or type staff number and PIN</translation>
    </message>
</context>
<context>
    <name>AskingPanel</name>
    <message>
        <source>网络慢的时候要等半分钟；不要让顾客再付。下一位要等这一笔有结果。</source>
        <translation>On a slow line this takes half a minute; do not let the customer pay again. The next customer waits until this one is settled.</translation>
    </message>
    <message>
        <source>正在停止收款…</source>
        <translation>Stopping the payment…</translation>
    </message>
    <message>
        <source>正在收款…</source>
        <translation>Taking the payment…</translation>
    </message>
</context>
<context>
    <name>BadgePanel</name>
    <message>
        <source>打印工牌</source>
        <translation>Print badge</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Put away</translation>
    </message>
</context>
<context>
    <name>BillPage</name>
    <message>
        <source>◀ 前一天</source>
        <translation>◀ Day before</translation>
    </message>
    <message>
        <source>后一天 ▶</source>
        <translation>Day after ▶</translation>
    </message>
    <message>
        <source>用手上的账单文件</source>
        <translation>Use a bill file</translation>
    </message>
    <message>
        <source>下载账单并核对</source>
        <translation>Fetch the bill and match</translation>
    </message>
    <message>
        <source>返回柜台</source>
        <translation>Back to counter</translation>
    </message>
    <message>
        <source>支付宝对账</source>
        <translation>Alipay bill match</translation>
    </message>
    <message>
        <source>这台柜台</source>
        <translation>This till</translation>
    </message>
    <message>
        <source>支付宝账单</source>
        <translation>Alipay bill</translation>
    </message>
    <message>
        <source>总部</source>
        <translation>Head office</translation>
    </message>
    <message>
        <source>手续费</source>
        <translation>Fees</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>差别</source>
        <translation>Difference</translation>
    </message>
    <message>
        <source>柜台</source>
        <translation>Till</translation>
    </message>
    <message>
        <source>支付宝</source>
        <translation>Alipay</translation>
    </message>
    <message>
        <source>怎么办</source>
        <translation>What to do</translation>
    </message>
    <message>
        <source>订单号</source>
        <translation>Order number</translation>
    </message>
    <message>
        <source>选择账单</source>
        <translation>Choose a bill</translation>
    </message>
    <message>
        <source>账单 (*.zip *.csv)</source>
        <translation>Bills (*.zip *.csv)</translation>
    </message>
    <message>
        <source>正在核对…</source>
        <translation>Matching…</translation>
    </message>
    <message>
        <source>%d 笔一致，%d 笔付了又退</source>
        <translation>%d agree, %d paid and returned</translation>
    </message>
    <message>
        <source>⚠ %d 笔对不上；%s</source>
        <translation>⚠ %d do not match; %s</translation>
    </message>
    <message>
        <source>✓ 柜台和支付宝一致：%s</source>
        <translation>✓ Till and Alipay agree: %s</translation>
    </message>
    <message>
        <source>✓ 三方一致：%s</source>
        <translation>✓ All three agree: %s</translation>
    </message>
    <message>
        <source>总部没有参加核对：连不上，或没有设置总部</source>
        <translation>Matched without the head office: not reachable, or not set up</translation>
    </message>
</context>
<context>
    <name>CalendarBoard</name>
    <message>
        <source>日历</source>
        <translation>Calendar</translation>
    </message>
    <message>
        <source>最近 7 天净销售额 %s，%d 笔</source>
        <translation>Last 7 days: net sales %s, %d sales</translation>
    </message>
    <message>
        <source>；%d 年的调休还没有公布</source>
        <translation>; days worked instead are not published yet for %d</translation>
    </message>
    <message>
        <source>休 %s</source>
        <translation>Off: %s</translation>
    </message>
    <message>
        <source>班 调休</source>
        <translation>Worked</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>星期</source>
        <translation>Weekday</translation>
    </message>
    <message>
        <source>哪种日子</source>
        <translation>Kind of day</translation>
    </message>
    <message>
        <source>笔数</source>
        <translation>Sales</translation>
    </message>
    <message>
        <source>净销售额</source>
        <translation>Net sales</translation>
    </message>
    <message>
        <source>日结</source>
        <translation>Close the day</translation>
    </message>
</context>
<context>
    <name>CameraPage</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>摄像头</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>拿一件商品、一张会员码或付款码到摄像头前，离 10 到 20 厘米。这里只认，不卖也不收款</source>
        <translation>Hold a product, a member code or a payment code 10 to 20 cm before the camera. It is only read here: nothing is sold or charged</translation>
    </message>
    <message>
        <source>● 看得见：%s</source>
        <translation>● It sees: %s</translation>
    </message>
    <message>
        <source>⚠ 断开了，检查插头</source>
        <translation>⚠ Unplugged: check the plug</translation>
    </message>
    <message>
        <source>正在打开…</source>
        <translation>Opening…</translation>
    </message>
    <message>
        <source>○ 没有摄像头；扫码枪也可以在这里试</source>
        <translation>○ No camera; a scanner can be tried here, too</translation>
    </message>
    <message>
        <source>商品条码</source>
        <translation>Product</translation>
    </message>
    <message>
        <source>秤标签</source>
        <translation>Scale label</translation>
    </message>
    <message>
        <source>支付宝付款码，没有收款</source>
        <translation>Alipay payment code, not charged</translation>
    </message>
    <message>
        <source>微信付款码，没有收款</source>
        <translation>WeChat payment code, not charged</translation>
    </message>
    <message>
        <source>会员码</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>优惠券</source>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>小票</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>工牌</source>
        <translation>Badge</translation>
    </message>
    <message>
        <source>别的码</source>
        <translation>Something else</translation>
    </message>
</context>
<context>
    <name>CameraView</name>
    <message>
        <source>没有摄像头
用扫码枪或输入条码</source>
        <translation>No camera
Use a scanner or type the code</translation>
    </message>
    <message>
        <source>正在打开摄像头…</source>
        <translation>Opening the camera…</translation>
    </message>
    <message>
        <source>⚠ 摄像头断开
检查插头，会自动恢复</source>
        <translation>⚠ Camera lost
Check the plug; it comes back by itself</translation>
    </message>
    <message>
        <source>光线太暗，请开灯</source>
        <translation>Too dark: more light, please</translation>
    </message>
    <message>
        <source>看不清，请擦一擦镜头</source>
        <translation>Blurred: wipe the lens</translation>
    </message>
    <message>
        <source>画面不动了，请拔插摄像头</source>
        <translation>Picture stands still: replug the camera</translation>
    </message>
</context>
<context>
    <name>CartModel</name>
    <message>
        <source>商品</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Qty</translation>
    </message>
    <message>
        <source>单价</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>小计</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>还没有价格</source>
        <translation>No price yet</translation>
    </message>
    <message>
        <source>还没有称重</source>
        <translation>Not weighed yet</translation>
    </message>
    <message>
        <source>到期 %s</source>
        <translation>Best before %s</translation>
    </message>
    <message>
        <source>不认识 %s</source>
        <translation>Unknown %s</translation>
    </message>
</context>
<context>
    <name>CartRow</name>
    <message>
        <source>作废</source>
        <translation>Discard</translation>
    </message>
    <message>
        <source>共 %d 行</source>
        <translation>%d lines</translation>
    </message>
    <message>
        <source>⚠ {till} 也有这一单</source>
        <translation>⚠ {till} has this cart, too</translation>
    </message>
    <message>
        <source>本柜台</source>
        <translation>This till</translation>
    </message>
    <message>
        <source>再按作废</source>
        <translation>Press again</translation>
    </message>
</context>
<context>
    <name>CartView</name>
    <message>
        <source>购物车</source>
        <translation>Cart</translation>
    </message>
</context>
<context>
    <name>CashBoard</name>
    <message>
        <source>钱箱</source>
        <translation>Drawers</translation>
    </message>
    <message>
        <source>四周长短款</source>
        <translation>Four weeks of over and short</translation>
    </message>
    <message>
        <source>日结单</source>
        <translation>Closing</translation>
    </message>
    <message>
        <source>日结</source>
        <translation>Close the day</translation>
    </message>
    <message>
        <source>应有 %s</source>
        <translation>%s expected</translation>
    </message>
    <message>
        <source>点过的：实点 %s，%s</source>
        <translation>Counted: %s, %s</translation>
    </message>
    <message>
        <source>✓ 正好</source>
        <translation>✓ exact</translation>
    </message>
    <message>
        <source>▲ 长 %s</source>
        <translation>▲ over %s</translation>
    </message>
    <message>
        <source>▼ 短 %s</source>
        <translation>▼ short %s</translation>
    </message>
    <message>
        <source>开班</source>
        <translation>Opened</translation>
    </message>
    <message>
        <source>收银员</source>
        <translation>Cashier</translation>
    </message>
    <message>
        <source>交班</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>备用金</source>
        <translation>Float</translation>
    </message>
    <message>
        <source>现金</source>
        <translation>Cash</translation>
    </message>
    <message>
        <source>支付宝</source>
        <translation>Alipay</translation>
    </message>
    <message>
        <source>应有</source>
        <translation>Expected</translation>
    </message>
    <message>
        <source>实点</source>
        <translation>Counted</translation>
    </message>
    <message>
        <source>长短</source>
        <translation>Over/short</translation>
    </message>
    <message>
        <source>开着</source>
        <translation>open</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>长短款</source>
        <translation>Over and short</translation>
    </message>
    <message>
        <source>%d日 %s</source>
        <translation>%d: %s</translation>
    </message>
    <message>
        <source>▲ 长：多出来的</source>
        <translation>▲ Over: more than expected</translation>
    </message>
    <message>
        <source>▼ 短：少了的（斜线）</source>
        <translation>▼ Short: less than expected (hatched)</translation>
    </message>
    <message>
        <source>四周里每次都正好</source>
        <translation>Exact every time in four weeks</translation>
    </message>
    <message>
        <source>所有班都交了，可以日结；日结以后数字不再改</source>
        <translation>All shifts are closed. Close the day and its figures never change</translation>
    </message>
    <message>
        <source>还有班没有交，不能日结</source>
        <translation>A shift is still open: the day cannot be closed</translation>
    </message>
    <message>
        <source>✓ 日结 Z%d，%s，净销售额 %s</source>
        <translation>✓ Closed as Z%d at %s, net sales %s</translation>
    </message>
    <message>
        <source>%s；以后又到 %d 件（%s），现在是 %s</source>
        <translation>%s; %d more came later (%s), now %s</translation>
    </message>
    <message>
        <source>再按一次，日结 %s</source>
        <translation>Press again: close %s</translation>
    </message>
    <message>
        <source>⚠ 今天还没过完：日结以后再卖的，都记作日结以后才到</source>
        <translation>⚠ The day is not over: what is sold after closing counts as late</translation>
    </message>
</context>
<context>
    <name>CashMovePage</name>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>原因（↑ ↓ 选）</source>
        <translation>Reason (↑ ↓ to choose)</translation>
    </message>
    <message>
        <source>正在记下，请等几秒…</source>
        <translation>Being noted; a few seconds, please…</translation>
    </message>
</context>
<context>
    <name>CloseShiftPage</name>
    <message>
        <source>开钱箱点数</source>
        <translation>Open drawer to count</translation>
    </message>
    <message>
        <source>交班：数一数钱箱里的现金</source>
        <translation>Close shift: count the cash in the drawer</translation>
    </message>
    <message>
        <source>交班</source>
        <translation>Close shift</translation>
    </message>
    <message>
        <source>总数</source>
        <translation>In all</translation>
    </message>
    <message>
        <source>交班点数</source>
        <translation>Counted at the close</translation>
    </message>
    <message>
        <source>⚠ 购物车里还有 %s 没结算：按 Esc 回去收款、挂单或清空；不管它，交班时自动挂单。</source>
        <translation>⚠ %s in the cart is not settled: Esc goes back to settle, suspend or clear it; if left, it is suspended by itself.</translation>
    </message>
    <message>
        <source>⚠ 购物车里 %s 的一单还没收完：按 Esc 回去收完或退回；不管它，就留给接班的人。</source>
        <translation>⚠ The sale of %s in the cart is paid in part: Esc goes back to finish or pay back; if left, whoever comes next finishes it.</translation>
    </message>
    <message>
        <source>还没上传的账不影响交班。</source>
        <translation>What is unsent stops nothing.</translation>
    </message>
    <message>
        <source>还有 %d 笔付款或退款没查清，会自动查下去。</source>
        <translation>Payments or refunds not clear yet: %d; the till goes on asking.</translation>
    </message>
    <message>
        <source>抽屉里有 %s 是没做完的销售收的，也要数进去。</source>
        <translation>%s in the drawer is of unfinished sales; count it, too.</translation>
    </message>
    <message>
        <source>还挂着 %d 单，不影响交班，接班的人可以取单：</source>
        <translation>Held sales: %d; they stay, the next shift can resume them:</translation>
    </message>
    <message>
        <source>交班时没有结算</source>
        <translation>Not settled when the shift closed</translation>
    </message>
    <message>
        <source>⚠ 数得 %s？不像真的：格子里填张数，不填金额。真是这么多，再按一次交班。</source>
        <translation>⚠ Counted %s? Unlikely: each box takes how many notes, not their worth. If it is true, close once more.</translation>
    </message>
    <message>
        <source>正在交班，请等几秒…</source>
        <translation>The shift is being closed; a few seconds, please…</translation>
    </message>
    <message>
        <source>每种几张填在格子里，按 Enter 到下一格；或只填总数。差额交班后才显示。</source>
        <translation>How many of each in the boxes, Enter goes to the next; or only the sum. The difference is shown after the close.</translation>
    </message>
</context>
<context>
    <name>ClosedDayPanel</name>
    <message>
        <source>日结单</source>
        <translation>Day closing</translation>
    </message>
    <message>
        <source>日结以后才到的</source>
        <translation>Came after the day was closed</translation>
    </message>
    <message>
        <source>日结单 Z%d，%s，%s</source>
        <translation>Day closing Z%d, %s, %s</translation>
    </message>
    <message>
        <source>日结以后才到的：%d 件</source>
        <translation>Came after the day was closed: %d</translation>
    </message>
    <message>
        <source>日结单 Z%d</source>
        <translation>Day closing Z%d</translation>
    </message>
</context>
<context>
    <name>CountGrid</name>
    <message>
        <source>%d 元 几张</source>
        <translation>How many %d yuan notes</translation>
    </message>
    <message>
        <source>%d 元 几张/枚</source>
        <translation>How many %d yuan</translation>
    </message>
    <message>
        <source>%d 角 几枚</source>
        <translation>How many %d jiao</translation>
    </message>
</context>
<context>
    <name>CounterPage</name>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>改价</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>折扣</source>
        <translation>Discount</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>挂单</source>
        <translation>Hold</translation>
    </message>
    <message>
        <source>取单</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>会员</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>取单 %d</source>
        <translation>Resume %d</translation>
    </message>
    <message>
        <source>结算</source>
        <translation>Pay</translation>
    </message>
    <message>
        <source>收现金</source>
        <translation>Take cash</translation>
    </message>
    <message>
        <source>下一位</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>请在左边选</source>
        <translation>Choose on the left</translation>
    </message>
    <message>
        <source>退款 %s</source>
        <translation>Give back %s</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>请稍候</source>
        <translation>Please wait</translation>
    </message>
</context>
<context>
    <name>CustomerWindow</name>
    <message>
        <source>顾客屏</source>
        <translation>Customer screen</translation>
    </message>
    <message>
        <source>找零 %s</source>
        <translation>Change %s</translation>
    </message>
    <message>
        <source>✓ 收款成功，谢谢惠顾</source>
        <translation>✓ Paid. Thank you!</translation>
    </message>
    <message>
        <source>请出示支付宝付款码，或付现金</source>
        <translation>Show your Alipay code, or pay in cash</translation>
    </message>
    <message>
        <source>✓ 收款成功，扫码看电子小票</source>
        <translation>✓ Paid. Scan for your receipt</translation>
    </message>
    <message>
        <source>退您现金 %s</source>
        <translation>Your cash back %s</translation>
    </message>
    <message>
        <source>已优惠 %s</source>
        <translation>You save %s</translation>
    </message>
    <message>
        <source>正在收款，请稍候</source>
        <translation>Taking your payment, one moment</translation>
    </message>
    <message>
        <source>请在手机上确认付款</source>
        <translation>Please confirm on your phone</translation>
    </message>
    <message>
        <source>正在查询付款结果，请先不要再付</source>
        <translation>Finding out about your payment; please do not pay again</translation>
    </message>
    <message>
        <source>正在停止收款</source>
        <translation>Stopping the payment</translation>
    </message>
    <message>
        <source>款项已收到，请稍候</source>
        <translation>Your payment arrived, one moment</translation>
    </message>
    <message>
        <source>应付金额</source>
        <translation>Amount due</translation>
    </message>
    <message>
        <source>还有 %d 秒</source>
        <translation>%d s left</translation>
    </message>
</context>
<context>
    <name>Drawer</name>
    <message>
        <source>整单折扣</source>
        <translation>Off the whole</translation>
    </message>
    <message>
        <source>优惠券</source>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>去皮</source>
        <translation>Tare</translation>
    </message>
    <message>
        <source>读秤</source>
        <translation>Read scale</translation>
    </message>
    <message>
        <source>查价格</source>
        <translation>Price check</translation>
    </message>
    <message>
        <source>清空这一单</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>钱箱</source>
        <translation>Drawer</translation>
    </message>
    <message>
        <source>退货</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>重打上一张小票</source>
        <translation>Reprint the last receipt</translation>
    </message>
    <message>
        <source>打印队列</source>
        <translation>Print queue</translation>
    </message>
    <message>
        <source>店内设置</source>
        <translation>Store settings</translation>
    </message>
    <message>
        <source>数量只能是数字：%s</source>
        <translation>A quantity is a number: %s</translation>
    </message>
    <message>
        <source>称重商品输入克数，或公斤如 0.75</source>
        <translation>For weighed goods type grams, or kilograms such as 0.75</translation>
    </message>
    <message>
        <source>没有接电子秤</source>
        <translation>No scale is connected</translation>
    </message>
    <message>
        <source>输入重量，或扫秤标签</source>
        <translation>Type the weight, or scan the scale&apos;s label</translation>
    </message>
    <message>
        <source>选中的不是称重商品</source>
        <translation>The chosen line is not sold by weight</translation>
    </message>
    <message>
        <source>先选称重商品的那一行</source>
        <translation>Choose the weighed line first</translation>
    </message>
</context>
<context>
    <name>DrawerPage</name>
    <message>
        <source>改付款方式</source>
        <translation>Wrong payment type</translation>
    </message>
    <message>
        <source>刷卡按成了现金，或反过来</source>
        <translation>A card was rung up as cash, or the reverse</translation>
    </message>
    <message>
        <source>本班报表</source>
        <translation>Shift figures</translation>
    </message>
    <message>
        <source>到现在为止的账，和交过的班</source>
        <translation>As it stands, and closed shifts</translation>
    </message>
    <message>
        <source>返回柜台</source>
        <translation>Back to the counter</translation>
    </message>
    <message>
        <source>钱箱</source>
        <translation>Drawer</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>应有现金要先点数、交班以后才看得到</source>
        <translation>Expected cash shows once it is counted and the shift closed</translation>
    </message>
    <message>
        <source>小票</source>
        <translation>Receipts</translation>
    </message>
    <message>
        <source>退货</source>
        <translation>Returns</translation>
    </message>
    <message>
        <source>现金进出</source>
        <translation>Cash moves</translation>
    </message>
    <message>
        <source>班次</source>
        <translation>Shifts</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>导出成表格：</source>
        <translation>Export as a table:</translation>
    </message>
    <message>
        <source>✓ %s：%d 行</source>
        <translation>✓ %s: %d rows</translation>
    </message>
    <message>
        <source>1   本班（X）</source>
        <translation>1   This shift (X)</translation>
    </message>
    <message>
        <source>%s&#x3000;工号 %s&#x3000;%s</source>
        <translation>%s  number %s  %s</translation>
    </message>
</context>
<context>
    <name>GoodsBoard</name>
    <message>
        <source>按金额</source>
        <translation>By amount</translation>
    </message>
    <message>
        <source>按数量</source>
        <translation>By quantity</translation>
    </message>
    <message>
        <source>一天</source>
        <translation>One day</translation>
    </message>
    <message>
        <source>7 天</source>
        <translation>7 days</translation>
    </message>
    <message>
        <source>28 天</source>
        <translation>28 days</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Goods</translation>
    </message>
    <message>
        <source>品类</source>
        <translation>Departments</translation>
    </message>
    <message>
        <source>还没有卖出商品</source>
        <translation>Nothing sold yet</translation>
    </message>
    <message>
        <source>没有分类</source>
        <translation>No department</translation>
    </message>
    <message>
        <source>%d 件</source>
        <translation>%d</translation>
    </message>
    <message>
        <source>其余 %d 个品类</source>
        <translation>%d more departments</translation>
    </message>
    <message>
        <source>货号</source>
        <translation>SKU</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>件数</source>
        <translation>Pieces</translation>
    </message>
</context>
<context>
    <name>IdlePage</name>
    <message>
        <source>欢迎光临</source>
        <translation>Welcome</translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>不打了</source>
        <translation>Discard</translation>
    </message>
    <message>
        <source>存 PDF</source>
        <translation>PDF</translation>
    </message>
</context>
<context>
    <name>JoinPanel</name>
    <message>
        <source>加入</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>不要</source>
        <translation>No</translation>
    </message>
    <message>
        <source>加入这一单？</source>
        <translation>Add to this sale?</translation>
    </message>
</context>
<context>
    <name>JournalBoard</name>
    <message>
        <source>核对账本</source>
        <translation>Check the journal</translation>
    </message>
    <message>
        <source>一条一条验算，有没有少、有没有改</source>
        <translation>Is any entry missing or changed</translation>
    </message>
    <message>
        <source>给审计的文件</source>
        <translation>Files for an auditor</translation>
    </message>
    <message>
        <source>整本账、公钥，和二十行核对的程序</source>
        <translation>All entries, public keys, a short checker</translation>
    </message>
    <message>
        <source>这一天的 POSLog</source>
        <translation>This day as POSLog</translation>
    </message>
    <message>
        <source>销售和退款，写成 XML</source>
        <translation>Sales and refunds as XML</translation>
    </message>
    <message>
        <source>总部还没有的账，封好装 U 盘</source>
        <translation>What head office lacks, sealed for a stick</translation>
    </message>
    <message>
        <source>设置里还没有 parcels_to</source>
        <translation>The settings lack parcels_to</translation>
    </message>
    <message>
        <source>给总部的 U 盘包</source>
        <translation>Package for head office</translation>
    </message>
    <message>
        <source>员工</source>
        <translation>People</translation>
    </message>
    <message>
        <source>新来的人、角色、新密码</source>
        <translation>Somebody new, another role, a new PIN</translation>
    </message>
    <message>
        <source>店内设置</source>
        <translation>Store settings</translation>
    </message>
    <message>
        <source>按键、标签、商品键、小票、打印机、摄像头</source>
        <translation>Keys, labels, tiles, receipts, printer, camera</translation>
    </message>
    <message>
        <source>账本只能往后写，每一条都锁住前一条</source>
        <translation>The journal only grows, and each entry locks the one before</translation>
    </message>
    <message>
        <source>正在验算…一年的账要一会儿，收银不受影响</source>
        <translation>Checking… a year takes a while; selling goes on</translation>
    </message>
    <message>
        <source>正在写…</source>
        <translation>Writing…</translation>
    </message>
    <message>
        <source>✓ 封好了 %d 条：%s。总部收到以前，下一个包里还有它们</source>
        <translation>✓ %d entries sealed: %s. Until head office has them the next package holds them, too</translation>
    </message>
    <message>
        <source>✓ 账本完整：第 1 到 %d 条，最后一条 %s，签过名的 %d 条</source>
        <translation>✓ Chain intact: entries 1 to %d, head %s, %d signed</translation>
    </message>
    <message>
        <source>✓ 写好了：%s</source>
        <translation>✓ Written: %s</translation>
    </message>
</context>
<context>
    <name>KeyPage</name>
    <message>
        <source>换一个键</source>
        <translation>Another key</translation>
    </message>
    <message>
        <source>不要这个键</source>
        <translation>No key</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>从哪一套开始（← → 换）</source>
        <translation>Start from (← → change)</translation>
    </message>
    <message>
        <source>不保存，返回</source>
        <translation>Back without saving</translation>
    </message>
    <message>
        <source>做什么</source>
        <translation>What</translation>
    </message>
    <message>
        <source>按键</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>现在按要给“%s”的键；Esc 不换</source>
        <translation>Now press the key for “%s”; Esc keeps the old one</translation>
    </message>
    <message>
        <source>✕ %s 同时是“%s”和“%s”，先换一个</source>
        <translation>✕ %s is both “%s” and “%s”: change one first</translation>
    </message>
    <message>
        <source>✕ %s 要留着打字或确认，换一个键</source>
        <translation>✕ %s is needed for typing or confirming: choose another key</translation>
    </message>
    <message>
        <source>✕ %s 已经是“%s”，先给它换一个键</source>
        <translation>✕ %s is “%s” already: give that another key first</translation>
    </message>
    <message>
        <source>✓ “%s”现在是 %s，还没有保存</source>
        <translation>✓ “%s” is now %s; not saved yet</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>按任意键或点一下就关闭；扫码照常</source>
        <translation>Any key or touch closes this; scanning goes on</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>退格</source>
        <translation>Backspace</translation>
    </message>
</context>
<context>
    <name>LabelPage</name>
    <message>
        <source>扫标签，或输入数字</source>
        <translation>Scan a label, or type its digits</translation>
    </message>
    <message>
        <source>秤标签的条码</source>
        <translation>Bar code of the scale label</translation>
    </message>
    <message>
        <source>电子秤标签</source>
        <translation>Scale labels</translation>
    </message>
    <message>
        <source>用同一台秤打三张商品不同、重量不同的标签，一张一张扫进来</source>
        <translation>Print three labels on one scale, of different goods and weights, and scan them one by one</translation>
    </message>
    <message>
        <source>加入</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>重新扫</source>
        <translation>Start again</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>⚠ 这一张已经扫过：%s</source>
        <translation>⚠ This one was scanned already: %s</translation>
    </message>
    <message>
        <source>✓ 已采用，现在就可以扫这种标签</source>
        <translation>✓ Taken; such labels can be scanned from now on</translation>
    </message>
    <message>
        <source>✓ 已停用，这种标签按总部的规则读</source>
        <translation>✓ Taken away; such labels are read by head office&apos;s rules</translation>
    </message>
    <message>
        <source>第 %d 张：还没有扫</source>
        <translation>Label %d: not scanned yet</translation>
    </message>
    <message>
        <source>停用</source>
        <translation>Take away</translation>
    </message>
    <message>
        <source>本机采用：%s</source>
        <translation>Found here: %s</translation>
    </message>
</context>
<context>
    <name>LeaveBox</name>
    <message>
        <source>退出柜台</source>
        <translation>Leave the till</translation>
    </message>
    <message>
        <source>先不退出</source>
        <translation>Stay</translation>
    </message>
    <message>
        <source>仍然退出</source>
        <translation>Leave all the same</translation>
    </message>
    <message>
        <source>⚠ 还没有办完</source>
        <translation>⚠ Not everything is done yet</translation>
    </message>
    <message>
        <source>都保存在这台机器上，不会丢；下次打开会接着办。</source>
        <translation>All of it is kept on this machine and is not lost; the next start goes on with it.</translation>
    </message>
    <message>
        <source>%d 条账还没有上传总部。关机前最好等它传完。</source>
        <translation>%d entries have not reached head office. Better wait for them before switching off.</translation>
    </message>
    <message>
        <source>有支付宝收款或退款还没有结果。现在退出，要到下次打开才会查清。</source>
        <translation>An Alipay payment or refund has no result yet. If you leave now, it is cleared up at the next start.</translation>
    </message>
</context>
<context>
    <name>ManagerPage</name>
    <message>
        <source>今日</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>现金</source>
        <translation>Cash</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Goods</translation>
    </message>
    <message>
        <source>员工</source>
        <translation>People</translation>
    </message>
    <message>
        <source>异常</source>
        <translation>Unusual</translation>
    </message>
    <message>
        <source>支付</source>
        <translation>Payments</translation>
    </message>
    <message>
        <source>日历</source>
        <translation>Calendar</translation>
    </message>
    <message>
        <source>全店</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>账本</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>正在打印…</source>
        <translation>Printing…</translation>
    </message>
    <message>
        <source>✓ 写好了：%s</source>
        <translation>✓ Written: %s</translation>
    </message>
    <message>
        <source>今天 %s %s</source>
        <translation>Today %s %s</translation>
    </message>
    <message>
        <source>%s %s</source>
        <translation>%s %s</translation>
    </message>
    <message>
        <source>空格 图</source>
        <translation>Space: charts</translation>
    </message>
    <message>
        <source>空格 数字</source>
        <translation>Space: numbers</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>← 前一天</source>
        <translation>← Previous day</translation>
    </message>
    <message>
        <source>后一天 →</source>
        <translation>Next day →</translation>
    </message>
    <message>
        <source>导出页</source>
        <translation>As PDF</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>导出表</source>
        <translation>As lists</translation>
    </message>
</context>
<context>
    <name>MoneyHerePanel</name>
    <message>
        <source>完成这笔销售</source>
        <translation>Finish this sale</translation>
    </message>
    <message>
        <source>退回给顾客</source>
        <translation>Give it back</translation>
    </message>
    <message>
        <source>支付宝已经收到这笔钱，销售还没完成</source>
        <translation>Alipay has the money; the sale is not finished</translation>
    </message>
    <message>
        <source>现金已经收了，销售还没完成</source>
        <translation>The cash is here; the sale is not finished</translation>
    </message>
    <message>
        <source>顾客还在：完成销售。顾客走了：退回给顾客。</source>
        <translation>Customer still here: finish. Customer gone: give it back.</translation>
    </message>
</context>
<context>
    <name>MorePanel</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>还没有商品</source>
        <translation>No goods yet</translation>
    </message>
</context>
<context>
    <name>OfferKey</name>
    <message>
        <source>看到付款码 · 先办完下面的，再收 %s</source>
        <translation>Alipay code scanned · finish what is below, then %s</translation>
    </message>
    <message>
        <source>看到付款码 · 收支付宝 %s</source>
        <translation>Alipay code scanned · charge %s</translation>
    </message>
</context>
<context>
    <name>OpenShiftPage</name>
    <message>
        <source>开班：钱箱里有多少备用金？</source>
        <translation>Open shift: how much float is in the drawer?</translation>
    </message>
    <message>
        <source>数一下总数就行；没有就直接开班</source>
        <translation>The total will do; if there is none, just open</translation>
    </message>
    <message>
        <source>开班</source>
        <translation>Open shift</translation>
    </message>
</context>
<context>
    <name>PadPanel</name>
    <message>
        <source>读秤</source>
        <translation>Read scale</translation>
    </message>
    <message>
        <source>不改了</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>改按元减</source>
        <translation>In yuan</translation>
    </message>
    <message>
        <source>改按 % 减</source>
        <translation>In %</translation>
    </message>
    <message>
        <source>“确定”：卖 %d 件 %s</source>
        <translation>OK: sells %d of %s</translation>
    </message>
    <message>
        <source>没有称重就不能结算；可以先扫下一件，再回来称</source>
        <translation>Nothing is paid before it is weighed; scan on if you like and weigh it later</translation>
    </message>
    <message>
        <source>不改就直接扫下一件</source>
        <translation>To change nothing, just scan the next</translation>
    </message>
    <message>
        <source>输入几件；给选中的这一行按“确定”，给下一件就直接扫</source>
        <translation>How many? OK is for the chosen line; just scan for the next thing</translation>
    </message>
    <message>
        <source>“确定”：这一行改成 %d 件&#x3000;直接扫：下一件算 %d 件</source>
        <translation>OK: this line is %d. Scan: %d of the next thing</translation>
    </message>
    <message>
        <source>直接扫：下一件算 %d 件</source>
        <translation>Scan: %d of the next thing</translation>
    </message>
</context>
<context>
    <name>PaidPanel</name>
    <message>
        <source>重打小票</source>
        <translation>Reprint</translation>
    </message>
    <message>
        <source>扫下一位顾客的商品，就开始下一笔</source>
        <translation>Scan the next customer&apos;s item to go on</translation>
    </message>
    <message>
        <source>✓ 已收 %s · 换货抵 %s</source>
        <translation>✓ Received %s · exchange %s</translation>
    </message>
    <message>
        <source>✓ 换货完成</source>
        <translation>✓ Exchanged</translation>
    </message>
    <message>
        <source>✓ 支付宝收款成功 %s</source>
        <translation>✓ Paid by Alipay %s</translation>
    </message>
    <message>
        <source>✓ 现金收款完成 %s</source>
        <translation>✓ Paid in cash %s</translation>
    </message>
    <message>
        <source>✓ 收款完成 %s</source>
        <translation>✓ Paid %s</translation>
    </message>
    <message>
        <source>找零 %s</source>
        <translation>Change %s</translation>
    </message>
    <message>
        <source>不用找零</source>
        <translation>No change</translation>
    </message>
    <message>
        <source>请给顾客现金 %s</source>
        <translation>Give the customer %s in cash</translation>
    </message>
    <message>
        <source>… 正在打印小票</source>
        <translation>… Printing the receipt</translation>
    </message>
</context>
<context>
    <name>PaperKeys</name>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>存 PDF</source>
        <translation>Save PDF</translation>
    </message>
    <message>
        <source>存成 PDF</source>
        <translation>Save as PDF</translation>
    </message>
</context>
<context>
    <name>PaperPage</name>
    <message>
        <source>打印机地址，没有就空着</source>
        <translation>Printer&apos;s address; empty for none</translation>
    </message>
    <message>
        <source>小票和打印机</source>
        <translation>Receipts and printer</translation>
    </message>
    <message>
        <source>店名下面的字</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>票尾</source>
        <translation>Footer</translation>
    </message>
    <message>
        <source>打印机地址</source>
        <translation>Printer address</translation>
    </message>
    <message>
        <source>换店标图片</source>
        <translation>Choose a logo</translation>
    </message>
    <message>
        <source>不印店标</source>
        <translation>No logo</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>试打一张</source>
        <translation>Test print</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>选一张图片</source>
        <translation>Choose a picture</translation>
    </message>
    <message>
        <source>80 毫米纸</source>
        <translation>80 mm paper</translation>
    </message>
    <message>
        <source>58 毫米纸</source>
        <translation>58 mm paper</translation>
    </message>
    <message>
        <source>收现金开钱箱</source>
        <translation>Cash opens drawer</translation>
    </message>
    <message>
        <source>顾客屏给电子小票码</source>
        <translation>Code for e-receipt</translation>
    </message>
    <message>
        <source>正在试打…</source>
        <translation>Printing…</translation>
    </message>
    <message>
        <source>✓ 打印机收下了，请看纸上的字</source>
        <translation>✓ The printer took it; look at the paper</translation>
    </message>
    <message>
        <source>✓ 已保存</source>
        <translation>✓ Saved</translation>
    </message>
</context>
<context>
    <name>PartsList</name>
    <message>
        <source>↩ 请退给顾客现金 %s</source>
        <translation>↩ Hand back %s in cash</translation>
    </message>
    <message>
        <source>已退</source>
        <translation>Handed back</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Give back</translation>
    </message>
    <message>
        <source>现金</source>
        <translation>Cash</translation>
    </message>
    <message>
        <source>支付宝</source>
        <translation>Alipay</translation>
    </message>
    <message>
        <source>储值卡</source>
        <translation>Prepaid card</translation>
    </message>
</context>
<context>
    <name>PayPanel</name>
    <message>
        <source>收到现金</source>
        <translation>Cash received</translation>
    </message>
    <message>
        <source>出示收款码</source>
        <translation>Show code</translation>
    </message>
    <message>
        <source>返回加商品</source>
        <translation>Back to goods</translation>
    </message>
    <message>
        <source>现金（只付一部分，就输入那一部分）</source>
        <translation>Cash (for a part of it, type that part)</translation>
    </message>
    <message>
        <source>正好 %s</source>
        <translation>Exact %s</translation>
    </message>
    <message>
        <source>换货：不用收款，退给顾客 %s</source>
        <translation>Exchange: nothing to take; give back %s</translation>
    </message>
    <message>
        <source>支付宝：扫到付款码只收 %s，其余另付</source>
        <translation>Alipay: a scan charges only %s</translation>
    </message>
    <message>
        <source>支付宝：请顾客出示付款码，扫到就收款</source>
        <translation>Alipay: ask for the payment code; it is charged when seen</translation>
    </message>
    <message>
        <source>支付宝没有开通：请店长在设置里填写商户号</source>
        <translation>Alipay is not set up: ask the manager</translation>
    </message>
    <message>
        <source>支付宝连不上（%s 还正常）：请收现金，恢复后自动可用</source>
        <translation>Alipay cannot be reached (worked at %s): take cash; it comes back by itself</translation>
    </message>
    <message>
        <source>支付宝连不上：请收现金，恢复后自动可用</source>
        <translation>Alipay cannot be reached: take cash; it comes back by itself</translation>
    </message>
    <message>
        <source>请对顾客说：%s</source>
        <translation>Tell the customer: %s</translation>
    </message>
    <message>
        <source>还差 %s</source>
        <translation>Still due %s</translation>
    </message>
    <message>
        <source>找零 %s</source>
        <translation>Change %s</translation>
    </message>
</context>
<context>
    <name>PaymentsBoard</name>
    <message>
        <source>没有结束的</source>
        <translation>Not at their end</translation>
    </message>
    <message>
        <source>逐笔办理</source>
        <translation>Resolve</translation>
    </message>
    <message>
        <source>三方对账：柜台、支付宝、总部</source>
        <translation>Match till, Alipay and head office</translation>
    </message>
    <message>
        <source>退款</source>
        <translation>Refund</translation>
    </message>
    <message>
        <source>收到</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Refunded</translation>
    </message>
    <message>
        <source>没有结束</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>%s · %d 笔</source>
        <translation>%s · %d</translation>
    </message>
    <message>
        <source>%d 笔</source>
        <translation>%d</translation>
    </message>
    <message>
        <source>⚠ %d 笔早该结束了，请逐笔办理</source>
        <translation>⚠ %d should have ended long ago: see to each</translation>
    </message>
    <message>
        <source>… %d 笔正在查询，通常几分钟就有结果</source>
        <translation>… %d being looked up; most end within minutes</translation>
    </message>
    <message>
        <source>✓ 每一笔都有结果；账单明天可以对</source>
        <translation>✓ Every payment is at its end; tomorrow its bill can be matched</translation>
    </message>
    <message>
        <source>要办吗</source>
        <translation>To do?</translation>
    </message>
    <message>
        <source>怎么样了</source>
        <translation>How it stands</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>⚠ 要办</source>
        <translation>⚠ See to it</translation>
    </message>
    <message>
        <source>… 在查</source>
        <translation>… looking</translation>
    </message>
    <message>
        <source>没有结束的支付</source>
        <translation>Open payments</translation>
    </message>
</context>
<context>
    <name>PeopleBoard</name>
    <message>
        <source>一天</source>
        <translation>One day</translation>
    </message>
    <message>
        <source>7 天</source>
        <translation>7 days</translation>
    </message>
    <message>
        <source>28 天</source>
        <translation>28 days</translation>
    </message>
    <message>
        <source>员工</source>
        <translation>People</translation>
    </message>
    <message>
        <source>本店平时</source>
        <translation>Usual here</translation>
    </message>
    <message>
        <source>信号，不是证据：先看单据，再问人</source>
        <translation>A signal, not proof: look at the receipts first</translation>
    </message>
    <message>
        <source>✓ 没有谁远高于本店平时</source>
        <translation>✓ Nobody is far above what is usual here</translation>
    </message>
    <message>
        <source>⚠ %s：%s 远高于平时</source>
        <translation>⚠ %s: %s far above usual</translation>
    </message>
    <message>
        <source>收银员</source>
        <translation>Cashier</translation>
    </message>
    <message>
        <source>笔数</source>
        <translation>Sales</translation>
    </message>
    <message>
        <source>销售额</source>
        <translation>Sold</translation>
    </message>
    <message>
        <source>件/分钟</source>
        <translation>Items/min</translation>
    </message>
    <message>
        <source>%d 次 %s</source>
        <translation>%d× %s</translation>
    </message>
    <message>
        <source>%d 次</source>
        <translation>%d×</translation>
    </message>
    <message>
        <source>每千笔几次</source>
        <translation>In 1,000 sales</translation>
    </message>
    <message>
        <source>本店平时（每人每天的中位数，上下差）</source>
        <translation>Usual here (median a person a day, spread)</translation>
    </message>
</context>
<context>
    <name>Phone</name>
    <message>
        <source>顾客的手机（模拟）</source>
        <translation>A customer&apos;s phone (simulator)</translation>
    </message>
    <message>
        <source>直接付款</source>
        <translation>Pays at once</translation>
    </message>
    <message>
        <source>要输入密码</source>
        <translation>Asks for the password</translation>
    </message>
    <message>
        <source>余额不足</source>
        <translation>Not enough balance</translation>
    </message>
    <message>
        <source>一直不确认</source>
        <translation>Never confirms</translation>
    </message>
    <message>
        <source>换一个付款码</source>
        <translation>Fresh code</translation>
    </message>
    <message>
        <source>模拟器 SIMULATOR · 不是真的支付宝</source>
        <translation>SIMULATOR · not the real Alipay</translation>
    </message>
    <message>
        <source>扫商家的收款码</source>
        <translation>Scan the shop&apos;s code</translation>
    </message>
    <message>
        <source>出示会员卡</source>
        <translation>Show the member card</translation>
    </message>
    <message>
        <source>把手机放到摄像头前</source>
        <translation>Hold the phone before the camera</translation>
    </message>
    <message>
        <source>放一件商品到摄像头前</source>
        <translation>Put a product before the camera</translation>
    </message>
    <message>
        <source>放一袋称过的到摄像头前</source>
        <translation>Put a weighed bag before the camera</translation>
    </message>
    <message>
        <source>没有信号</source>
        <translation>No signal</translation>
    </message>
</context>
<context>
    <name>PickPanel</name>
    <message>
        <source>行号加回车；或输入条码、拼音</source>
        <translation>Row number and Enter; or type a barcode</translation>
    </message>
    <message>
        <source>都不是</source>
        <translation>None of them</translation>
    </message>
    <message>
        <source>这个条码有 %d 种商品，是哪一种？</source>
        <translation>%d products have this barcode. Which one is it?</translation>
    </message>
    <message>
        <source>找到 %d 种商品，是哪一种？</source>
        <translation>%d products found: which one is it?</translation>
    </message>
    <message>
        <source>编号 %s</source>
        <translation>No. %s</translation>
    </message>
    <message>
        <source>%d 件一起</source>
        <translation>%d pieces together</translation>
    </message>
</context>
<context>
    <name>PriceCheckPanel</name>
    <message>
        <source>扫一下，或输入条码、编号、名称</source>
        <translation>Scan, or type a code, number or name</translation>
    </message>
    <message>
        <source>加入这件</source>
        <translation>Add to sale</translation>
    </message>
    <message>
        <source>再查一件</source>
        <translation>Another</translation>
    </message>
    <message>
        <source>查价格</source>
        <translation>Price check</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>下一次扫的只看价格，不加入</source>
        <translation>The next scan only tells its price; nothing is added</translation>
    </message>
    <message>
        <source>没有加入；再扫就照常卖</source>
        <translation>Not added; the next scan sells as always</translation>
    </message>
    <message>
        <source>⚠ 没有这个商品</source>
        <translation>⚠ No such goods</translation>
    </message>
    <message>
        <source>现场定价</source>
        <translation>Priced at the counter</translation>
    </message>
    <message>
        <source>每公斤</source>
        <translation>per kg</translation>
    </message>
    <message>
        <source>每件</source>
        <translation>each</translation>
    </message>
    <message>
        <source>%d 件一起</source>
        <translation>%d together</translation>
    </message>
    <message>
        <source>（原价 %s）</source>
        <translation> (was %s)</translation>
    </message>
</context>
<context>
    <name>PrintPage</name>
    <message>
        <source>返回柜台</source>
        <translation>Back to the counter</translation>
    </message>
    <message>
        <source>重打上一张小票</source>
        <translation>Reprint the last receipt</translation>
    </message>
    <message>
        <source>打印机坏了也照常收款；隔夜的小票不会自己打出来</source>
        <translation>A broken printer stops no sale; yesterday&apos;s receipts never come out by themselves</translation>
    </message>
    <message>
        <source>打印：没有在等的</source>
        <translation>Printing: nothing waits</translation>
    </message>
</context>
<context>
    <name>ProductTiles</name>
    <message>
        <source>商品</source>
        <translation>Goods</translation>
    </message>
</context>
<context>
    <name>ProposalPanel</name>
    <message>
        <source>看另一种读法</source>
        <translation>Another reading</translation>
    </message>
    <message>
        <source>采用这种读法</source>
        <translation>Take this reading</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Product</translation>
    </message>
    <message>
        <source>单价</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>重量</source>
        <translation>Weight</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>第 {place} 种读法，共 {count} 种</source>
        <translation>Reading {place} of {count}</translation>
    </message>
</context>
<context>
    <name>QrPage</name>
    <message>
        <source>停止收款</source>
        <translation>Cancel payment</translation>
    </message>
    <message>
        <source>马上查询</source>
        <translation>Check now</translation>
    </message>
    <message>
        <source>把屏幕转向顾客；收到钱会自动完成</source>
        <translation>Turn the screen to the customer; it finishes by itself</translation>
    </message>
    <message>
        <source>还有 %d 秒</source>
        <translation>%d s left</translation>
    </message>
</context>
<context>
    <name>RefundPage</name>
    <message>
        <source>扫小票或输入小票号，按 Enter</source>
        <translation>Scan the receipt or type its number, then Enter</translation>
    </message>
    <message>
        <source>商品有问题</source>
        <translation>Goods faulty</translation>
    </message>
    <message>
        <source>顾客改变主意</source>
        <translation>Changed mind</translation>
    </message>
    <message>
        <source>多收了</source>
        <translation>Charged too much</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>支付宝退款</source>
        <translation>Alipay refund</translation>
    </message>
    <message>
        <source>退多少</source>
        <translation>How much</translation>
    </message>
    <message>
        <source>换另一笔</source>
        <translation>The other one</translation>
    </message>
    <message>
        <source>返回退货</source>
        <translation>Back to returns</translation>
    </message>
    <message>
        <source>这台柜台最近的支付宝销售</source>
        <translation>Last Alipay sales at this till</translation>
    </message>
    <message>
        <source>正在查找…</source>
        <translation>Looking…</translation>
    </message>
    <message>
        <source>小票 %s</source>
        <translation>Receipt %s</translation>
    </message>
    <message>
        <source>支付宝付了 %s，已退 %s，还可以退 %s</source>
        <translation>Alipay %s, refunded %s, left %s</translation>
    </message>
    <message>
        <source>支付宝付了 %d 次，这是第 %d 次</source>
        <translation>Paid by Alipay %d times; this is number %d</translation>
    </message>
    <message>
        <source>这一笔是柜台 %s 收的</source>
        <translation>Sold at till %s</translation>
    </message>
    <message>
        <source>全部 %s</source>
        <translation>All %s</translation>
    </message>
    <message>
        <source>退 %s 到支付宝</source>
        <translation>Refund %s to Alipay</translation>
    </message>
    <message>
        <source>退款</source>
        <translation>Refund</translation>
    </message>
    <message>
        <source>正在退款 %s…</source>
        <translation>Refunding %s…</translation>
    </message>
    <message>
        <source>✓ %s 已退回顾客支付宝</source>
        <translation>✓ %s went back to Alipay</translation>
    </message>
    <message>
        <source>请顾客看支付宝账单</source>
        <translation>The customer sees it in the Alipay bill</translation>
    </message>
    <message>
        <source>请对顾客说：%s</source>
        <translation>Tell the customer: %s</translation>
    </message>
    <message>
        <source>… %s 正在退回，柜台会自动办完；进度在“支付查询”里</source>
        <translation>… %s is going back; the till finishes it by itself (see Payments)</translation>
    </message>
    <message>
        <source>请对顾客说：钱会退回支付宝，不用等</source>
        <translation>Tell the customer: it goes back to Alipay, no need to wait</translation>
    </message>
</context>
<context>
    <name>ReturnPage</name>
    <message>
        <source>扫小票或输入小票号，按 Enter</source>
        <translation>Scan a receipt, or type its number and Enter</translation>
    </message>
    <message>
        <source>件数（称重的是克）</source>
        <translation>Pieces (grams if weighed)</translation>
    </message>
    <message>
        <source>退货</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>全退</source>
        <translation>Return all</translation>
    </message>
    <message>
        <source>换货：去扫新商品</source>
        <translation>Exchange: scan new</translation>
    </message>
    <message>
        <source>商品有问题</source>
        <translation>Faulty</translation>
    </message>
    <message>
        <source>顾客改变主意</source>
        <translation>Changed mind</translation>
    </message>
    <message>
        <source>拿错了</source>
        <translation>Wrong item</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>返回柜台</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>退给顾客</source>
        <translation>To the customer</translation>
    </message>
    <message>
        <source>已退给顾客</source>
        <translation>Given back</translation>
    </message>
    <message>
        <source>正在查找…</source>
        <translation>Looking…</translation>
    </message>
    <message>
        <source>没有小票：扫退回的商品，按今天的价退现金</source>
        <translation>No receipt: scan the goods; cash at today&apos;s price</translation>
    </message>
    <message>
        <source>问不到总部：小票是真的，扫退回的商品，最多退现金 %s</source>
        <translation>Head office cannot be asked. The receipt is true: scan the goods; cash up to %s</translation>
    </message>
    <message>
        <source>✓ 这张小票的商品已经全部退过</source>
        <translation>✓ All goods of this receipt came back already</translation>
    </message>
    <message>
        <source>这一单是柜台 %s 卖的</source>
        <translation>Till %s sold this</translation>
    </message>
    <message>
        <source>问不到总部：别的柜台退没退过，现在不知道</source>
        <translation>Head office cannot be asked: whether another till took it back is not known now</translation>
    </message>
    <message>
        <source>退货，退 %s</source>
        <translation>Return, give %s</translation>
    </message>
    <message>
        <source>支付宝没有退的 %s：改退现金</source>
        <translation>Alipay did not give %s back: give cash</translation>
    </message>
    <message>
        <source>正在办退货…</source>
        <translation>Taking it back…</translation>
    </message>
</context>
<context>
    <name>ReturnRow</name>
    <message>
        <source>少退一件</source>
        <translation>One less</translation>
    </message>
    <message>
        <source>多退一件</source>
        <translation>One more</translation>
    </message>
    <message>
        <source>还可退 %s · %s</source>
        <translation>%s may come back · %s</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>扫顾客支付宝账单里的条码，或输入订单号、小票号</source>
        <translation>Scan the barcode of the customer&apos;s Alipay bill, or type an order or receipt number</translation>
    </message>
    <message>
        <source>查询</source>
        <translation>Look up</translation>
    </message>
    <message>
        <source>返回柜台</source>
        <translation>Back to counter</translation>
    </message>
    <message>
        <source>支付查询</source>
        <translation>Payments</translation>
    </message>
    <message>
        <source>正在查询…</source>
        <translation>Looking it up…</translation>
    </message>
    <message>
        <source>请对顾客说：%s</source>
        <translation>Tell the customer: %s</translation>
    </message>
    <message>
        <source>还没有结束的：%d 笔</source>
        <translation>Not finished yet: %d</translation>
    </message>
    <message>
        <source>✓ 没有未结束的支付和退款</source>
        <translation>✓ No open payments or refunds</translation>
    </message>
    <message>
        <source>按订单号查询</source>
        <translation>Look up by number</translation>
    </message>
    <message>
        <source>已退给顾客</source>
        <translation>Handed back</translation>
    </message>
    <message>
        <source>退回现金</source>
        <translation>Give cash back</translation>
    </message>
</context>
<context>
    <name>SaleApprovalPanel</name>
    <message>
        <source>同意</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>%s 超过你的权限</source>
        <translation>%s is beyond your limit</translation>
    </message>
    <message>
        <source>价签标错</source>
        <translation>Wrong price tag</translation>
    </message>
    <message>
        <source>商品瑕疵</source>
        <translation>Flawed goods</translation>
    </message>
    <message>
        <source>顾客投诉</source>
        <translation>Complaint</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
</context>
<context>
    <name>SellPanel</name>
    <message>
        <source>扫描条码，或输入名称、拼音首字母、编号</source>
        <translation>Scan, or type a name, initials or number</translation>
    </message>
    <message>
        <source>没有找到。换个名称或拼音首字母再试</source>
        <translation>Nothing found. Try another name or other initials</translation>
    </message>
</context>
<context>
    <name>ShelfBar</name>
    <message>
        <source>更多 ›</source>
        <translation>More ›</translation>
    </message>
</context>
<context>
    <name>ShiftClosedPage</name>
    <message>
        <source>退出</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>已交班 %s</source>
        <translation>Shift closed: %s</translation>
    </message>
    <message>
        <source>应有现金 %s</source>
        <translation>Expected %s</translation>
    </message>
    <message>
        <source>实点现金 %s</source>
        <translation>Counted %s</translation>
    </message>
    <message>
        <source>✓ 一分不差</source>
        <translation>✓ Exact</translation>
    </message>
    <message>
        <source>⚠ 短款 %s</source>
        <translation>⚠ Short %s</translation>
    </message>
    <message>
        <source>⚠ 长款 %s</source>
        <translation>⚠ Over %s</translation>
    </message>
    <message>
        <source>⚠ %d 条还没上传，会自动上传</source>
        <translation>⚠ Entries unsent: %d; they go up by themselves</translation>
    </message>
    <message>
        <source>⚠ %d 笔付款还没查清，会自动查下去</source>
        <translation>⚠ Payments not clear: %d; the till goes on asking</translation>
    </message>
    <message>
        <source>⚠ %d 笔退款还在办</source>
        <translation>⚠ Refunds under way: %d</translation>
    </message>
    <message>
        <source>⚠ 还挂着 %d 单</source>
        <translation>⚠ Held carts: %d</translation>
    </message>
    <message>
        <source>⚠ 抽屉里有 %s 是没做完的销售收的</source>
        <translation>⚠ %s in the drawer is of unfinished sales</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>工号</source>
        <translation>Staff number</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>店长的 16 位解锁码（没有就等）</source>
        <translation>Manager&apos;s 16-digit unlock code (or wait)</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>接着收银请输密码；换人按 Esc</source>
        <translation>Type your PIN to go on; somebody else presses Esc</translation>
    </message>
    <message>
        <source>这一格填工号，密码填下一格；按 Esc 重新输入</source>
        <translation>This box takes the number, the next one the PIN; Esc begins anew</translation>
    </message>
    <message>
        <source>密码正在输入（不显示），按 Enter 登录</source>
        <translation>PIN being typed (not shown); Enter signs in</translation>
    </message>
</context>
<context>
    <name>SlipView</name>
    <message>
        <source>班次报表</source>
        <translation>Shift report</translation>
    </message>
    <message>
        <source>%d 笔</source>
        <translation>%d</translation>
    </message>
</context>
<context>
    <name>StaffBoard</name>
    <message>
        <source>员工</source>
        <translation>People</translation>
    </message>
    <message>
        <source>工号（1 到 12 位数字）</source>
        <translation>Number (1 to 12 digits)</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>新密码（6 位以上）</source>
        <translation>New PIN (6 digits or more)</translation>
    </message>
    <message>
        <source>再输一次新密码</source>
        <translation>New PIN once more</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>新工牌</source>
        <translation>New badge</translation>
    </message>
    <message>
        <source>✓ 工牌打出来了，看完请收起</source>
        <translation>✓ The badge is out; put it away here</translation>
    </message>
    <message>
        <source>工号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>角色</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>点一个人，改角色或给新密码；或者输入新工号</source>
        <translation>Touch somebody to change role or PIN, or type a new number</translation>
    </message>
    <message>
        <source>⚠ 还没有姓名</source>
        <translation>⚠ No name yet</translation>
    </message>
    <message>
        <source>⚠ 两次的密码不一样，再输一次</source>
        <translation>⚠ The PINs differ: type them again</translation>
    </message>
    <message>
        <source>⚠ 先点一个人，再给新工牌</source>
        <translation>⚠ Touch somebody first, then give a badge</translation>
    </message>
    <message>
        <source>⚠ %s 的旧工牌马上作废；再按一次给新的</source>
        <translation>⚠ The old badge of %s stops working; press again for the new one</translation>
    </message>
    <message>
        <source>✓ 新工牌，只显示这一次：打印后收起</source>
        <translation>✓ New badge, shown only this once: print it, then put it away</translation>
    </message>
    <message>
        <source>✓ %s %s，%s，可以登录了</source>
        <translation>✓ %s %s, %s, may sign in now</translation>
    </message>
    <message>
        <source>解锁码 %s：只显示这一次，写下来收好</source>
        <translation>Unlock code %s: shown this once, write it down</translation>
    </message>
</context>
<context>
    <name>StartList</name>
    <message>
        <source>这台柜台最近的销售</source>
        <translation>Last sales of this till</translation>
    </message>
    <message>
        <source>没有小票</source>
        <translation>No receipt</translation>
    </message>
    <message>
        <source>只退钱（多收了）</source>
        <translation>Refund only (overcharged)</translation>
    </message>
</context>
<context>
    <name>Starting</name>
    <message>
        <source>柜台 Guitai</source>
        <translation>Guitai</translation>
    </message>
    <message>
        <source>正在打开柜台，请稍候…</source>
        <translation>Opening the till, please wait…</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>未登录</source>
        <translation>Signed out</translation>
    </message>
    <message>
        <source> · %s 开班</source>
        <translation> · since %s</translation>
    </message>
    <message>
        <source>● 摄像头</source>
        <translation>● Camera</translation>
    </message>
    <message>
        <source>○ 摄像头</source>
        <translation>○ Camera</translation>
    </message>
    <message>
        <source>○ 无摄像头</source>
        <translation>○ No camera</translation>
    </message>
    <message>
        <source>⚠ 摄像头断开</source>
        <translation>⚠ Camera lost</translation>
    </message>
    <message>
        <source>… 摄像头</source>
        <translation>… Camera</translation>
    </message>
    <message>
        <source>○ 单机</source>
        <translation>○ Stand-alone</translation>
    </message>
    <message>
        <source>⚠ 电子秤</source>
        <translation>⚠ Scale</translation>
    </message>
    <message>
        <source>⚠ 顾客数字屏</source>
        <translation>⚠ Display</translation>
    </message>
    <message>
        <source>⚠ 备份盘</source>
        <translation>⚠ Second copy</translation>
    </message>
    <message>
        <source>⚠ 磁盘满</source>
        <translation>⚠ Disk full</translation>
    </message>
    <message>
        <source>● 总部在线</source>
        <translation>● Head office</translation>
    </message>
    <message>
        <source>今日</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>交班</source>
        <translation>Close shift</translation>
    </message>
    <message>
        <source>支付</source>
        <translation>Payments</translation>
    </message>
    <message>
        <source>锁屏</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>练习</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>结束练习</source>
        <translation>End training</translation>
    </message>
    <message>
        <source>练习 TRAINING</source>
        <translation>练习 TRAINING</translation>
    </message>
    <message>
        <source> · %s 的班</source>
        <translation> · shift of %s</translation>
    </message>
    <message>
        <source>⚠ 总部离线</source>
        <translation>⚠ Head office offline</translation>
    </message>
    <message>
        <source>⚠ 未在总部登记 %s</source>
        <translation>⚠ Not enrolled %s</translation>
    </message>
    <message>
        <source>⚠ 不是我们的总部 %s</source>
        <translation>⚠ Not our head office %s</translation>
    </message>
    <message>
        <source>⚠ 总部已停用本机 %s</source>
        <translation>⚠ Head office stopped this till %s</translation>
    </message>
    <message>
        <source>⚠ 时钟和总部不一致 %s</source>
        <translation>⚠ Clock differs %s</translation>
    </message>
    <message>
        <source>⚠ 总部不收账 %s</source>
        <translation>⚠ Head office refuses %s</translation>
    </message>
    <message>
        <source>✓ 已全部上传</source>
        <translation>✓ All sent</translation>
    </message>
    <message>
        <source>模拟器 SIMULATOR</source>
        <translation>SIMULATOR</translation>
    </message>
    <message>
        <source>↑ 未上传 %d</source>
        <translation>↑ Unsent %d</translation>
    </message>
    <message>
        <source>可以关机</source>
        <translation>May switch off</translation>
    </message>
    <message>
        <source>先别关机</source>
        <translation>Do not switch off</translation>
    </message>
</context>
<context>
    <name>StorePage</name>
    <message>
        <source>按键设置</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>哪个键做什么；从别家的习惯开始</source>
        <translation>What each key does; presets of other tills</translation>
    </message>
    <message>
        <source>电子秤标签</source>
        <translation>Scale labels</translation>
    </message>
    <message>
        <source>扫三张标签，柜台认出怎么读</source>
        <translation>Scan three labels: the till finds the rule</translation>
    </message>
    <message>
        <source>商品键排列</source>
        <translation>Product tiles</translation>
    </message>
    <message>
        <source>柜台上有哪几页，每页放什么</source>
        <translation>Which pages the counter has, and what is on each</translation>
    </message>
    <message>
        <source>小票和打印机</source>
        <translation>Receipts and printer</translation>
    </message>
    <message>
        <source>票头、票尾、纸宽、打印机；试打一张</source>
        <translation>Words above and below, paper, printer; a test print</translation>
    </message>
    <message>
        <source>摄像头</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>看它照得清不清、认不认得条码</source>
        <translation>Whether it sees clearly and reads codes</translation>
    </message>
    <message>
        <source>回答电话同意</source>
        <translation>Approve by phone</translation>
    </message>
    <message>
        <source>别的柜台打电话来问，报给它 6 位数</source>
        <translation>Another till calls; give it 6 digits</translation>
    </message>
    <message>
        <source>返回柜台</source>
        <translation>Back to the counter</translation>
    </message>
    <message>
        <source>店内设置</source>
        <translation>Store settings</translation>
    </message>
</context>
<context>
    <name>SuspendedPage</name>
    <message>
        <source>返回柜台</source>
        <translation>Back to the counter</translation>
    </message>
    <message>
        <source>按数字键或点一下，继续这一单</source>
        <translation>Press the digit or touch the row to go on with a cart</translation>
    </message>
    <message>
        <source>连不上总部，只看得到本柜台的挂单；别的柜台的请到那台柜台取</source>
        <translation>The head office cannot be reached, so only this till&apos;s carts are shown; go to the other till for its own</translation>
    </message>
    <message>
        <source>挂单：%d 单</source>
        <translation>Held sales: %d</translation>
    </message>
    <message>
        <source>没有挂着的单</source>
        <translation>No held sales</translation>
    </message>
    <message>
        <source>正在取单，请等几秒…</source>
        <translation>The cart is coming; a few seconds, please…</translation>
    </message>
    <message>
        <source>正在作废，请等几秒…</source>
        <translation>Being dropped; a few seconds, please…</translation>
    </message>
</context>
<context>
    <name>TendersPage</name>
    <message>
        <source>最近没有现金或银行卡的销售</source>
        <translation>No recent sale in cash or by card</translation>
    </message>
    <message>
        <source>改付款方式</source>
        <translation>Correct the tender</translation>
    </message>
    <message>
        <source>改付款方式：按数字或点一下要改的</source>
        <translation>Wrong payment type: press a digit or touch it</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>小票 %s：%s 从“%s”改成“%s”</source>
        <translation>Receipt %s: %s from “%s” to “%s”</translation>
    </message>
    <message>
        <source>正在改，请等几秒…</source>
        <translation>Being corrected; a few seconds, please…</translation>
    </message>
</context>
<context>
    <name>TilesPage</name>
    <message>
        <source>页</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>这一页的商品</source>
        <translation>Goods on this page</translation>
    </message>
    <message>
        <source>这一页的名称</source>
        <translation>Name of this page</translation>
    </message>
    <message>
        <source>输入名称、拼音首字母或编号，再点商品</source>
        <translation>Type a name, initials or number, then touch the product</translation>
    </message>
    <message>
        <source>商品键排列</source>
        <translation>Arrange the tiles</translation>
    </message>
    <message>
        <source>加一页</source>
        <translation>Add page</translation>
    </message>
    <message>
        <source>删这一页</source>
        <translation>Remove page</translation>
    </message>
    <message>
        <source>▲ 上移</source>
        <translation>▲ Up</translation>
    </message>
    <message>
        <source>▼ 下移</source>
        <translation>▼ Down</translation>
    </message>
    <message>
        <source>常驻快捷键</source>
        <translation>Keys always shown</translation>
    </message>
    <message>
        <source>◀ 往前</source>
        <translation>◀ Before</translation>
    </message>
    <message>
        <source>往后 ▶</source>
        <translation>After ▶</translation>
    </message>
    <message>
        <source>拿掉</source>
        <translation>Take off</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>%s（已下架）</source>
        <translation>%s (not on sale)</translation>
    </message>
    <message>
        <source>新的一页 %d</source>
        <translation>New page %d</translation>
    </message>
</context>
<context>
    <name>TillsBoard</name>
    <message>
        <source>各台柜台</source>
        <translation>Tills</translation>
    </message>
    <message>
        <source>这一台（自己的账，断网也对）</source>
        <translation>This till (its own journal; true without a line)</translation>
    </message>
    <message>
        <source>全店（总部收到的）</source>
        <translation>The store (as head office has it)</translation>
    </message>
    <message>
        <source>净销售额 %s · %d 笔</source>
        <translation>Net sales %s · %d sales</translation>
    </message>
    <message>
        <source>正在问总部…</source>
        <translation>Asking head office…</translation>
    </message>
    <message>
        <source>这台没有接总部，看不到别的柜台</source>
        <translation>This till has no head office: other tills are not seen</translation>
    </message>
    <message>
        <source>%d 台：净销售额 %s · %d 笔，%s 问的</source>
        <translation>%d tills: net sales %s · %d sales, asked at %s</translation>
    </message>
    <message>
        <source>柜台</source>
        <translation>Till</translation>
    </message>
    <message>
        <source>笔数</source>
        <translation>Sales</translation>
    </message>
    <message>
        <source>净销售额</source>
        <translation>Net sales</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Refunded</translation>
    </message>
    <message>
        <source>现金</source>
        <translation>Cash</translation>
    </message>
    <message>
        <source>支付宝</source>
        <translation>Alipay</translation>
    </message>
    <message>
        <source>上次听到</source>
        <translation>Last heard</translation>
    </message>
    <message>
        <source>⚠ 这台还有 %d 条没上传，没算在里面</source>
        <translation>⚠ %d entries of this till are not sent yet and not counted</translation>
    </message>
    <message>
        <source>⚠ 很久没有消息的：%s，可能卖得更多</source>
        <translation>⚠ Silent for long: %s; more may be sold there</translation>
    </message>
    <message>
        <source>⚠ 总部有 %d 条没算进去，请找总部</source>
        <translation>⚠ Head office could not add up %d entries; call them</translation>
    </message>
    <message>
        <source>⚠ 问不到总部：%s。只有这一台的数字</source>
        <translation>⚠ Head office cannot be asked: %s. Only this till&apos;s figures</translation>
    </message>
</context>
<context>
    <name>TodayBoard</name>
    <message>
        <source>每小时净销售额（元）</source>
        <translation>Net sales by hour (yuan)</translation>
    </message>
    <message>
        <source>钱箱：这一天还没有开班</source>
        <translation>Drawer: no shift on this day</translation>
    </message>
    <message>
        <source>钱箱：现在应有 %s，还没有点过</source>
        <translation>Drawer: %s expected now, not counted yet</translation>
    </message>
    <message>
        <source>✓ 钱箱：点过的都对，实点 %s</source>
        <translation>✓ Drawer: every count is right, %s counted</translation>
    </message>
    <message>
        <source>▼ 钱箱：短 %s（实点 %s）</source>
        <translation>▼ Drawer: short %s (counted %s)</translation>
    </message>
    <message>
        <source>▲ 钱箱：长 %s（实点 %s）</source>
        <translation>▲ Drawer: over %s (counted %s)</translation>
    </message>
    <message>
        <source>；开着的班应有 %s</source>
        <translation>; open shift expects %s</translation>
    </message>
    <message>
        <source>这一天</source>
        <translation>This day</translation>
    </message>
    <message>
        <source>上周同一天</source>
        <translation>Last week</translation>
    </message>
    <message>
        <source>支付方式</source>
        <translation>Payment types</translation>
    </message>
    <message>
        <source>⚠ 日结 Z%d 以后又到 %d 件：净销售额当时 %s，现在 %s；看 2 现金 → 日结单</source>
        <translation>⚠ After closing Z%d, %d more came: net sales were %s, now %s; see 2 Cash → Closing</translation>
    </message>
    <message>
        <source>本小时未结束</source>
        <translation>Current hour</translation>
    </message>
    <message>
        <source>还没有销售</source>
        <translation>No sales yet</translation>
    </message>
    <message>
        <source>%s · %d 笔</source>
        <translation>%s · %d</translation>
    </message>
    <message>
        <source>钱箱都交过班了</source>
        <translation>All drawers are counted</translation>
    </message>
    <message>
        <source>钱箱现在应有 %s（含备用金）</source>
        <translation>In the drawer now: %s (float included)</translation>
    </message>
    <message>
        <source>数字</source>
        <translation>Figure</translation>
    </message>
    <message>
        <source>上周此时</source>
        <translation>Last week by now</translation>
    </message>
    <message>
        <source>变化</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>今日</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>钟点</source>
        <translation>Hour</translation>
    </message>
    <message>
        <source>笔数</source>
        <translation>Sales</translation>
    </message>
    <message>
        <source>净销售额</source>
        <translation>Net sales</translation>
    </message>
    <message>
        <source>上周笔数</source>
        <translation>Sales, last week</translation>
    </message>
    <message>
        <source>上周净额</source>
        <translation>Net, last week</translation>
    </message>
    <message>
        <source>每小时</source>
        <translation>By hour</translation>
    </message>
    <message>
        <source>付款方式</source>
        <translation>Tender</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>占比</source>
        <translation>Share</translation>
    </message>
    <message>
        <source>上周指 %s 全天</source>
        <translation>Last week: all of %s</translation>
    </message>
    <message>
        <source>上周指 %s，到 %s 为止</source>
        <translation>Last week: %s until %s</translation>
    </message>
    <message>
        <source>⚠ 有记录没能算进这些数字；销售都在，请把日志交给技术支持</source>
        <translation>⚠ Some entries could not be added up here; every sale is kept. Give the log to support</translation>
    </message>
    <message>
        <source>这台没有接总部；数字都在本机，断网也一样</source>
        <translation>No head office; the figures are this till&apos;s own</translation>
    </message>
    <message>
        <source>还没有过</source>
        <translation>never</translation>
    </message>
    <message>
        <source>✓ 全部已上传，上次确认 %s</source>
        <translation>✓ All is sent, last acknowledged %s</translation>
    </message>
    <message>
        <source>⚠ %d 条未上传，最早 %s，上次确认 %s</source>
        <translation>⚠ %d not sent, oldest %s, last acknowledged %s</translation>
    </message>
    <message>
        <source>%d 天前</source>
        <translation>%d days ago</translation>
    </message>
    <message>
        <source>%d 小时前</source>
        <translation>%d h ago</translation>
    </message>
    <message>
        <source>%d 分钟前</source>
        <translation>%d min ago</translation>
    </message>
</context>
<context>
    <name>TotalBar</name>
    <message>
        <source>已优惠 −%s</source>
        <translation>Saved −%s</translation>
    </message>
    <message>
        <source> + %d 件不认识</source>
        <translation> + %d unknown</translation>
    </message>
    <message>
        <source> + %d 件未称重</source>
        <translation> + %d not weighed</translation>
    </message>
    <message>
        <source> + %d 件没有价格</source>
        <translation> + %d without price</translation>
    </message>
    <message>
        <source>已退顾客</source>
        <translation>Given back</translation>
    </message>
    <message>
        <source>应退顾客</source>
        <translation>Give back</translation>
    </message>
    <message>
        <source>退回 %s − 新商品 %s</source>
        <translation>Returned %s − new %s</translation>
    </message>
    <message>
        <source>已收 %s · 换货抵 %s</source>
        <translation>Received %s · exchange %s</translation>
    </message>
    <message>
        <source>换货抵 %s · 应收 %s</source>
        <translation>Exchange %s · total %s</translation>
    </message>
    <message>
        <source>应收 · %d 件</source>
        <translation>Due · items: %d</translation>
    </message>
    <message>
        <source>已收 · %d 件</source>
        <translation>Paid · items: %d</translation>
    </message>
    <message>
        <source>还差 · 应收 %s</source>
        <translation>Still due · of %s</translation>
    </message>
</context>
<context>
    <name>UnusualBoard</name>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>价格</source>
        <translation>Prices</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Voids</translation>
    </message>
    <message>
        <source>退款</source>
        <translation>Refund</translation>
    </message>
    <message>
        <source>支付</source>
        <translation>Payments</translation>
    </message>
    <message>
        <source>现金</source>
        <translation>Cash</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>一天</source>
        <translation>One day</translation>
    </message>
    <message>
        <source>7 天</source>
        <translation>7 days</translation>
    </message>
    <message>
        <source>28 天</source>
        <translation>28 days</translation>
    </message>
    <message>
        <source>只看这个人</source>
        <translation>Only this person</translation>
    </message>
    <message>
        <source>异常</source>
        <translation>Unusual</translation>
    </message>
    <message>
        <source>点一行，看它的单据</source>
        <translation>Touch a row to see its receipt</translation>
    </message>
    <message>
        <source>%s 做，%s 同意</source>
        <translation>%s, approved by %s</translation>
    </message>
    <message>
        <source>第 %d 条，%s</source>
        <translation>Entry %d, %s</translation>
    </message>
    <message>
        <source>✓ 没有这样的事</source>
        <translation>✓ Nothing of this kind</translation>
    </message>
    <message>
        <source>最近 %d 件，还有更早的</source>
        <translation>The last %d; there are more</translation>
    </message>
    <message>
        <source>%d 件</source>
        <translation>%d</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>类型</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>单号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>%s %s 开的班</source>
        <translation>%s&apos;s shift, opened %s</translation>
    </message>
    <message>
        <source>收银员</source>
        <translation>Cashier</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
</context>
<context>
    <name>WaitingPanel</name>
    <message>
        <source>下一位要等这一笔有结果；不等了就停止收款，不会多扣顾客的钱。</source>
        <translation>The next customer waits until this one is settled. To wait no longer, cancel: the customer is not charged twice.</translation>
    </message>
    <message>
        <source>马上查询</source>
        <translation>Check now</translation>
    </message>
    <message>
        <source>停止收款</source>
        <translation>Cancel payment</translation>
    </message>
    <message>
        <source>还在查询，最多再等 %d 秒</source>
        <translation>Looking it up, %d s at most</translation>
    </message>
    <message>
        <source>顾客还有 %d 秒确认</source>
        <translation>%d s left to confirm</translation>
    </message>
    <message>
        <source>收款码在顾客屏上，等顾客扫码</source>
        <translation>Our code is on the customer&apos;s screen</translation>
    </message>
    <message>
        <source>收到钱会自动完成，不用按键。</source>
        <translation>When the money comes the sale finishes by itself.</translation>
    </message>
    <message>
        <source>收款码已经收起，不会再出示。</source>
        <translation>The code was put away and is not shown again. </translation>
    </message>
    <message>
        <source>⚠ 结果还不知道：不要让顾客再付</source>
        <translation>⚠ Not known yet: do not ask to pay again</translation>
    </message>
    <message>
        <source>请顾客在手机上确认付款</source>
        <translation>Customer confirms on the phone</translation>
    </message>
    <message>
        <source>柜台每 3 秒自动查询一次。时间到了没有收到钱，会自动撤销，已扣的款退回顾客。</source>
        <translation>The till asks every 3 seconds. If no money has come when the time is over it cancels, and anything taken goes back.</translation>
    </message>
    <message>
        <source>顾客可能要输入密码。收到钱会自动完成，不用按键。</source>
        <translation>A password may be needed. When the money comes the sale finishes by itself.</translation>
    </message>
</context>
<context>
    <name>Watermark</name>
    <message>
        <source>练习 TRAINING</source>
        <translation>练习 TRAINING</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>柜台 Guitai</source>
        <translation>Guitai</translation>
    </message>
    <message>
        <source>练习要店长开始</source>
        <translation>A manager begins training</translation>
    </message>
    <message>
        <source>先输入店长的工号和密码，再按“练习”</source>
        <translation>Type the manager&apos;s number and PIN, then press “Training”</translation>
    </message>
</context>
<context>
    <name>approval</name>
    <message>
        <source>折扣</source>
        <translation>Discount</translation>
    </message>
    <message>
        <source>改价</source>
        <translation>Price change</translation>
    </message>
    <message>
        <source>退款</source>
        <translation>Refund</translation>
    </message>
    <message>
        <source>无小票退货</source>
        <translation>Return without receipt</translation>
    </message>
    <message>
        <source>放入现金</source>
        <translation>Cash in</translation>
    </message>
    <message>
        <source>支出现金</source>
        <translation>Cash out</translation>
    </message>
    <message>
        <source>现金入保险柜</source>
        <translation>Cash to the safe</translation>
    </message>
    <message>
        <source>开钱箱</source>
        <translation>Opening the drawer</translation>
    </message>
    <message>
        <source>改付款方式</source>
        <translation>Tender correction</translation>
    </message>
    <message>
        <source>作废挂单</source>
        <translation>Throwing a held cart away</translation>
    </message>
    <message>
        <source>了结别台的付款</source>
        <translation>Ending another till&apos;s payment</translation>
    </message>
    <message>
        <source>对账</source>
        <translation>Matching the bill</translation>
    </message>
    <message>
        <source>改员工</source>
        <translation>Changing staff</translation>
    </message>
    <message>
        <source>改店内设置</source>
        <translation>Store settings</translation>
    </message>
    <message>
        <source>练习</source>
        <translation>Practice</translation>
    </message>
    <message>
        <source>{act}，少收 {amount}</source>
        <translation>{act}, {amount} less</translation>
    </message>
</context>
<context>
    <name>bill</name>
    <message>
        <source>金额不同</source>
        <translation>Amounts differ</translation>
    </message>
    <message>
        <source>按订单号问支付宝，账不要改</source>
        <translation>Ask Alipay by the order number; change nothing</translation>
    </message>
    <message>
        <source>只有支付宝有</source>
        <translation>Only at Alipay</translation>
    </message>
    <message>
        <source>到“支付查询”查这个订单号；没有销售就退回</source>
        <translation>Look it up in Payments; without a sale give it back</translation>
    </message>
    <message>
        <source>只有柜台有</source>
        <translation>Only at the till</translation>
    </message>
    <message>
        <source>马上问支付宝：这一笔没有到账</source>
        <translation>Ask Alipay at once: this never arrived</translation>
    </message>
    <message>
        <source>在另一天</source>
        <translation>Other day</translation>
    </message>
    <message>
        <source>半夜前后的，看相邻那天</source>
        <translation>Around midnight: see the next day</translation>
    </message>
    <message>
        <source>总部还没有</source>
        <translation>Not at head office</translation>
    </message>
    <message>
        <source>不用做什么，有线路就会上传</source>
        <translation>Nothing to do; it is sent later</translation>
    </message>
    <message>
        <source>只有总部有</source>
        <translation>Only at head office</translation>
    </message>
    <message>
        <source>这台的账本换过，请联系技术人员</source>
        <translation>This till&apos;s books were replaced: call a technician</translation>
    </message>
</context>
<context>
    <name>cash</name>
    <message>
        <source>放入现金</source>
        <translation>Cash in</translation>
    </message>
    <message>
        <source>换来的零钱、补的备用金</source>
        <translation>Change from the bank, more float</translation>
    </message>
    <message>
        <source>支出现金</source>
        <translation>Cash out</translation>
    </message>
    <message>
        <source>买东西、付运费；留好单据</source>
        <translation>Purchases, freight; keep the bill</translation>
    </message>
    <message>
        <source>现金入保险柜</source>
        <translation>Cash to the safe</translation>
    </message>
    <message>
        <source>抽屉里的大钞先收走</source>
        <translation>Large notes out of the drawer</translation>
    </message>
    <message>
        <source>开钱箱</source>
        <translation>Open the drawer</translation>
    </message>
    <message>
        <source>不收款，只打开抽屉</source>
        <translation>No sale, only open it</translation>
    </message>
    <message>
        <source>换来的零钱</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>补备用金</source>
        <translation>More float</translation>
    </message>
    <message>
        <source>归还借款</source>
        <translation>Paid back</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>买办公用品</source>
        <translation>Supplies</translation>
    </message>
    <message>
        <source>付运费</source>
        <translation>Freight</translation>
    </message>
    <message>
        <source>换零钱</source>
        <translation>For change</translation>
    </message>
    <message>
        <source>大钞入柜</source>
        <translation>Large notes</translation>
    </message>
    <message>
        <source>交给店长</source>
        <translation>To the manager</translation>
    </message>
    <message>
        <source>存银行</source>
        <translation>To the bank</translation>
    </message>
    <message>
        <source>给顾客换钱</source>
        <translation>Changing notes</translation>
    </message>
    <message>
        <source>核对零钱</source>
        <translation>Checking change</translation>
    </message>
    <message>
        <source>刚才没放好</source>
        <translation>Put it right</translation>
    </message>
    <message>
        <source>按错了键</source>
        <translation>Wrong key</translation>
    </message>
    <message>
        <source>顾客换了付法</source>
        <translation>Paid otherwise</translation>
    </message>
    <message>
        <source>现金</source>
        <translation>Cash</translation>
    </message>
    <message>
        <source>支付宝</source>
        <translation>Alipay</translation>
    </message>
    <message>
        <source>储值卡</source>
        <translation>Prepaid card</translation>
    </message>
    <message>
        <source>银行卡</source>
        <translation>Bank card</translation>
    </message>
    <message>
        <source>换货抵付</source>
        <translation>Exchange</translation>
    </message>
    <message>
        <source>备用金</source>
        <translation>Float</translation>
    </message>
    <message>
        <source>销售</source>
        <translation>Sales</translation>
    </message>
    <message>
        <source>退货</source>
        <translation>Returns</translation>
    </message>
    <message>
        <source>退款</source>
        <translation>Refunds</translation>
    </message>
    <message>
        <source>退出现金</source>
        <translation>Cash given back</translation>
    </message>
    <message>
        <source>退回银行卡</source>
        <translation>Back on bank cards</translation>
    </message>
    <message>
        <source>优惠</source>
        <translation>Discounts</translation>
    </message>
    <message>
        <source>抹零</source>
        <translation>Rounding</translation>
    </message>
    <message>
        <source>其中税额</source>
        <translation>Tax included</translation>
    </message>
    <message>
        <source>应有现金</source>
        <translation>Expected cash</translation>
    </message>
    <message>
        <source>实点现金</source>
        <translation>Counted cash</translation>
    </message>
    <message>
        <source>差额</source>
        <translation>Difference</translation>
    </message>
    <message>
        <source>还没上传</source>
        <translation>Unsent</translation>
    </message>
    <message>
        <source>还没查清的付款</source>
        <translation>Payments not clear</translation>
    </message>
    <message>
        <source>还在办的退款</source>
        <translation>Refunds under way</translation>
    </message>
    <message>
        <source>挂着的单</source>
        <translation>Held carts</translation>
    </message>
    <message>
        <source>未完成销售的现金</source>
        <translation>Cash of unfinished sales</translation>
    </message>
</context>
<context>
    <name>customer</name>
    <message>
        <source>请用支付宝扫码付款</source>
        <translation>Scan this code with Alipay</translation>
    </message>
    <message>
        <source>已扫码，请在手机上确认付款</source>
        <translation>Scanned: please confirm on your phone</translation>
    </message>
    <message>
        <source>前面还有 {count} 行</source>
        <translation>{count} more lines above</translation>
    </message>
</context>
<context>
    <name>display</name>
    <message>
        <source>{packs} 份（{pieces} 件装）</source>
        <translation>{packs} packs of {pieces}</translation>
    </message>
</context>
<context>
    <name>keys</name>
    <message>
        <source>按键一览</source>
        <translation>All keys</translation>
    </message>
    <message>
        <source>确认输入的内容</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>退回一步，停止等待</source>
        <translation>One step back, stop waiting</translation>
    </message>
    <message>
        <source>绿色按钮：结算、收款、下一位</source>
        <translation>Green button: pay, take money, next</translation>
    </message>
    <message>
        <source>改数量</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>改单价</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>单品折扣</source>
        <translation>Line discount</translation>
    </message>
    <message>
        <source>整单折扣</source>
        <translation>Order discount</translation>
    </message>
    <message>
        <source>会员</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>挂单</source>
        <translation>Hold</translation>
    </message>
    <message>
        <source>取单</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>查价格</source>
        <translation>Price check</translation>
    </message>
    <message>
        <source>选上一行</source>
        <translation>Line above</translation>
    </message>
    <message>
        <source>选下一行</source>
        <translation>Line below</translation>
    </message>
    <message>
        <source>删除这一行</source>
        <translation>Remove the line</translation>
    </message>
    <message>
        <source>撤销上一步</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>清空这一单</source>
        <translation>Clear the cart</translation>
    </message>
    <message>
        <source>钱箱</source>
        <translation>Drawer</translation>
    </message>
    <message>
        <source>退货</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>现金正好</source>
        <translation>Exact cash</translation>
    </message>
    <message>
        <source>现金快捷 1</source>
        <translation>Note button 1</translation>
    </message>
    <message>
        <source>现金快捷 2</source>
        <translation>Note button 2</translation>
    </message>
    <message>
        <source>现金快捷 3</source>
        <translation>Note button 3</translation>
    </message>
    <message>
        <source>现金快捷 4</source>
        <translation>Note button 4</translation>
    </message>
    <message>
        <source>出示收款码</source>
        <translation>Show our code</translation>
    </message>
    <message>
        <source>马上查询支付宝</source>
        <translation>Ask Alipay now</translation>
    </message>
    <message>
        <source>今日账目</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>支付查询</source>
        <translation>Payments</translation>
    </message>
    <message>
        <source>交班</source>
        <translation>Close shift</translation>
    </message>
    <message>
        <source>锁屏</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>换语言</source>
        <translation>Other language</translation>
    </message>
    <message>
        <source>练习</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>按键设置</source>
        <translation>Change keys</translation>
    </message>
    <message>
        <source>更多操作</source>
        <translation>More</translation>
    </message>
    <message>
        <source>去皮</source>
        <translation>Tare</translation>
    </message>
    <message>
        <source>读秤</source>
        <translation>Read the scale</translation>
    </message>
    <message>
        <source>优惠券</source>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>店内设置</source>
        <translation>Store settings</translation>
    </message>
    <message>
        <source>重打上一张小票</source>
        <translation>Reprint the last receipt</translation>
    </message>
    <message>
        <source>打印队列</source>
        <translation>Print queue</translation>
    </message>
    <message>
        <source>电话同意</source>
        <translation>Approve by phone</translation>
    </message>
    <message>
        <source>扫商品的时候</source>
        <translation>While scanning goods</translation>
    </message>
    <message>
        <source>收款的时候</source>
        <translation>While taking money</translation>
    </message>
    <message>
        <source>别的页面也行</source>
        <translation>On other pages, too</translation>
    </message>
    <message>
        <source>柜台</source>
        <translation>Guitai</translation>
    </message>
    <message>
        <source>管家婆习惯</source>
        <translation>As Guanjiapo</translation>
    </message>
    <message>
        <source>中顶习惯</source>
        <translation>As Zhongding</translation>
    </message>
    <message>
        <source>F9 付款习惯</source>
        <translation>F9 pays</translation>
    </message>
</context>
<context>
    <name>labels</name>
    <message>
        <source>开头 {value}</source>
        <translation>begins with {value}</translation>
    </message>
    <message>
        <source>货号 {size} 位</source>
        <translation>item number {size} digits</translation>
    </message>
    <message>
        <source>金额 {size} 位（{decimals} 位小数）</source>
        <translation>amount {size} digits ({decimals} decimals)</translation>
    </message>
    <message>
        <source>重量 {size} 位（{decimals} 位小数）</source>
        <translation>weight {size} digits ({decimals} decimals)</translation>
    </message>
    <message>
        <source>金额校验 1 位</source>
        <translation>1 verifier digit</translation>
    </message>
    <message>
        <source>校验 1 位</source>
        <translation>1 check digit</translation>
    </message>
    <message>
        <source>{length} 位：{fields}</source>
        <translation>{length} digits: {fields}</translation>
    </message>
    <message>
        <source>✓ 每张的金额都等于单价乘重量</source>
        <translation>✓ On each label the amount is price times weight</translation>
    </message>
    <message>
        <source>✓ 每张的金额校验位都对</source>
        <translation>✓ On each label the verifier digit is right</translation>
    </message>
    <message>
        <source>✓ 每张的金额都正好是整克数的价钱，碰巧的可能很小</source>
        <translation>✓ Each amount is the price of a whole number of grams, which chance seldom gives</translation>
    </message>
    <message>
        <source>✓ 重量都是 5 克的倍数，像秤的读数</source>
        <translation>✓ All weights are steps of 5 g, as a scale shows them</translation>
    </message>
    <message>
        <source>⚠ 有一张的金额不等于单价乘重量：秤里可能是旧价</source>
        <translation>⚠ On one label the amount is not price times weight: the scale may hold an old price</translation>
    </message>
    <message>
        <source>⚠ 最后一位校验不了，扫错了也看不出来</source>
        <translation>⚠ The last digit checks nothing, so a misread would go unseen</translation>
    </message>
    <message>
        <source>⚠ 秤上的货号比店里的短，前面的数字是补上的</source>
        <translation>⚠ The scale&apos;s item number is shorter than the store&apos;s; the digit before it is a guess</translation>
    </message>
    <message>
        <source>⚠ 开头只看 1 位，别的店内码也会当成秤标签</source>
        <translation>⚠ Only 1 digit tells it apart, so other store codes would be taken for labels</translation>
    </message>
    <message>
        <source>请对照秤标签上印的重量和金额，都对才采用</source>
        <translation>Compare with the weight and amount printed on the labels; take it only if all are right</translation>
    </message>
    <message>
        <source>⚠ 小数位数少见</source>
        <translation>⚠ Unusual decimals</translation>
    </message>
    <message>
        <source>⚠ 有的金额不是任何整克数的价钱，多半读错了</source>
        <translation>⚠ Some amount is the price of no whole number of grams, so this is probably wrong</translation>
    </message>
</context>
<context>
    <name>lists</name>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>小票号</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>退货单号</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>收银员</source>
        <translation>Cashier</translation>
    </message>
    <message>
        <source>同意人</source>
        <translation>Approved by</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>行数</source>
        <translation>Lines</translation>
    </message>
    <message>
        <source>优惠</source>
        <translation>Discount</translation>
    </message>
    <message>
        <source>抹零</source>
        <translation>Rounding</translation>
    </message>
    <message>
        <source>合计</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>抵付新商品</source>
        <translation>Set off</translation>
    </message>
</context>
<context>
    <name>manager</name>
    <message>
        <source>净销售额</source>
        <translation>Net sales</translation>
    </message>
    <message>
        <source>卖出的（含税，已去折扣和抹零）减去退款、退货</source>
        <translation>Sold (with tax, less discounts and rounding) less refunds and returns</translation>
    </message>
    <message>
        <source>笔数</source>
        <translation>Sales</translation>
    </message>
    <message>
        <source>完成的销售；退款不算，也不减</source>
        <translation>Completed sales; refunds neither count nor take off</translation>
    </message>
    <message>
        <source>客单价</source>
        <translation>Average sale</translation>
    </message>
    <message>
        <source>卖出的 ÷ 笔数；退款不减</source>
        <translation>Sold ÷ sales; refunds not taken off</translation>
    </message>
    <message>
        <source>连带率</source>
        <translation>Units per sale</translation>
    </message>
    <message>
        <source>件数 ÷ 笔数；称重的一行算一件</source>
        <translation>Pieces ÷ sales; a weighed line is one</translation>
    </message>
    <message>
        <source>退款退货</source>
        <translation>Refunds, returns</translation>
    </message>
    <message>
        <source>这一天退回去的钱，不管是哪天卖的</source>
        <translation>Money that went back on this day, whenever it was sold</translation>
    </message>
    <message>
        <source>折扣率</source>
        <translation>Discount rate</translation>
    </message>
    <message>
        <source>让利 ÷ 折扣前的金额；促销和手工都算</source>
        <translation>Taken off ÷ amount before; by rule and by hand</translation>
    </message>
    <message>
        <source>会员占比</source>
        <translation>Member share</translation>
    </message>
    <message>
        <source>有会员的笔数 ÷ 笔数</source>
        <translation>Sales to members ÷ sales</translation>
    </message>
    <message>
        <source>毛利率</source>
        <translation>Margin</translation>
    </message>
    <message>
        <source>（卖价 − 成本）÷ 卖价；只算知道成本的商品</source>
        <translation>(Price − cost) ÷ price, of goods whose cost is known</translation>
    </message>
    <message>
        <source>▲ 多 {by}</source>
        <translation>▲ {by} up</translation>
    </message>
    <message>
        <source>▼ 少 {by}</source>
        <translation>▼ {by} down</translation>
    </message>
    <message>
        <source>▲ 高 {by} 个点</source>
        <translation>▲ {by} pt up</translation>
    </message>
    <message>
        <source>▼ 低 {by} 个点</source>
        <translation>▼ {by} pt down</translation>
    </message>
    <message>
        <source>＝ 持平</source>
        <translation>＝ level</translation>
    </message>
    <message>
        <source>上周没有</source>
        <translation>none last week</translation>
    </message>
    <message>
        <source>上周 {before}</source>
        <translation>last week {before}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>{change} · 上周 {before}</source>
        <translation>{change} · was {before}</translation>
    </message>
    <message>
        <source>现金</source>
        <translation>Cash</translation>
    </message>
    <message>
        <source>支付宝</source>
        <translation>Alipay</translation>
    </message>
    <message>
        <source>储值卡</source>
        <translation>Prepaid card</translation>
    </message>
    <message>
        <source>换货抵付</source>
        <translation>Exchange</translation>
    </message>
    <message>
        <source>银行卡</source>
        <translation>Bank card</translation>
    </message>
    <message>
        <source>退款</source>
        <translation>Refund</translation>
    </message>
    <message>
        <source>退货</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>付款前作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>改价</source>
        <translation>Price change</translation>
    </message>
    <message>
        <source>手工折扣</source>
        <translation>Hand discount</translation>
    </message>
    <message>
        <source>空开钱箱</source>
        <translation>No-sale</translation>
    </message>
    <message>
        <source>挂单作废</source>
        <translation>Held sale discarded</translation>
    </message>
    <message>
        <source>支付宝退不了，改退现金</source>
        <translation>Refund given in cash instead</translation>
    </message>
    <message>
        <source>退款没有成功</source>
        <translation>Refund refused</translation>
    </message>
    <message>
        <source>没有小票的退货</source>
        <translation>Return without receipt</translation>
    </message>
    <message>
        <source>付款很久才有结果</source>
        <translation>Slow payment</translation>
    </message>
    <message>
        <source>付款撤销</source>
        <translation>Payment cancelled</translation>
    </message>
    <message>
        <source>收了钱没有销售</source>
        <translation>Money without a sale</translation>
    </message>
    <message>
        <source>放入现金</source>
        <translation>Cash in</translation>
    </message>
    <message>
        <source>取出现金</source>
        <translation>Cash out</translation>
    </message>
    <message>
        <source>现金上缴</source>
        <translation>Cash drop</translation>
    </message>
    <message>
        <source>长款短款</source>
        <translation>Over or short</translation>
    </message>
    <message>
        <source>改付款方式</source>
        <translation>Tender corrected</translation>
    </message>
    <message>
        <source>店长同意</source>
        <translation>Approval</translation>
    </message>
    <message>
        <source>没有得到同意</source>
        <translation>Approval refused</translation>
    </message>
    <message>
        <source>员工变动</source>
        <translation>Staff change</translation>
    </message>
    <message>
        <source>换了账本</source>
        <translation>New journal</translation>
    </message>
    <message>
        <source>日结以后才到</source>
        <translation>Came after the day was closed</translation>
    </message>
    <message>
        <source>长款</source>
        <translation>Over</translation>
    </message>
    <message>
        <source>短款</source>
        <translation>Short</translation>
    </message>
    <message>
        <source>营业日</source>
        <translation>Business day</translation>
    </message>
    <message>
        <source>收银员</source>
        <translation>Cashier</translation>
    </message>
    <message>
        <source>谁做的</source>
        <translation>By</translation>
    </message>
    <message>
        <source>谁同意</source>
        <translation>Approved by</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>合计</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>备用金</source>
        <translation>Float</translation>
    </message>
    <message>
        <source>应有现金</source>
        <translation>Expected cash</translation>
    </message>
    <message>
        <source>实点现金</source>
        <translation>Counted cash</translation>
    </message>
    <message>
        <source>几行</source>
        <translation>Lines</translation>
    </message>
    <message>
        <source>百分比</source>
        <translation>Percent</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>小票</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>退货单</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>付款单号</source>
        <translation>Payment number</translation>
    </message>
    <message>
        <source>支付宝单号</source>
        <translation>Alipay number</translation>
    </message>
    <message>
        <source>工号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>领班</source>
        <translation>Senior</translation>
    </message>
    <message>
        <source>店长</source>
        <translation>Manager</translation>
    </message>
    <message>
        <source>周一</source>
        <translation>Mon</translation>
    </message>
    <message>
        <source>周二</source>
        <translation>Tue</translation>
    </message>
    <message>
        <source>周三</source>
        <translation>Wed</translation>
    </message>
    <message>
        <source>周四</source>
        <translation>Thu</translation>
    </message>
    <message>
        <source>周五</source>
        <translation>Fri</translation>
    </message>
    <message>
        <source>周六</source>
        <translation>Sat</translation>
    </message>
    <message>
        <source>周日</source>
        <translation>Sun</translation>
    </message>
    <message>
        <source>第 {number} 页，共 {count} 页</source>
        <translation>Page {number} of {count}</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>购物车已满 {limit} 行</source>
        <translation>The cart is full: {limit} lines</translation>
    </message>
    <message>
        <source>先结算这一单，其余另开一单</source>
        <translation>Take payment for this one, then go on</translation>
    </message>
    <message>
        <source>数量要在 1 到 {limit} 之间</source>
        <translation>A quantity is 1 to {limit}</translation>
    </message>
    <message>
        <source>重新输入数量</source>
        <translation>Type the quantity again</translation>
    </message>
    <message>
        <source>收到 {handed_over}，应收 {due}，不够</source>
        <translation>{handed_over} given, {due} due: not enough</translation>
    </message>
    <message>
        <source>再收差额，或换一种付款方式</source>
        <translation>Take the difference, or another way to pay</translation>
    </message>
    <message>
        <source>还没有开班</source>
        <translation>No shift is open</translation>
    </message>
    <message>
        <source>先开班再收款</source>
        <translation>Open a shift first</translation>
    </message>
    <message>
        <source>工号 {cashier} 的班还没有交</source>
        <translation>The shift of {cashier} is still open</translation>
    </message>
    <message>
        <source>请先交班</source>
        <translation>Close it first</translation>
    </message>
    <message>
        <source>按 {key_void_line} 删除选中的这一行，再按名称查找商品</source>
        <translation>{key_void_line} removes the chosen line; then search by name</translation>
    </message>
    <message>
        <source>工号或密码不对</source>
        <translation>Number or PIN is wrong</translation>
    </message>
    <message>
        <source>还可以试 {tries_left} 次</source>
        <translation>Tries left: {tries_left}</translation>
    </message>
    <message>
        <source>密码错了太多次</source>
        <translation>Too many wrong PINs</translation>
    </message>
    <message>
        <source>金额太大</source>
        <translation>The amount is too large</translation>
    </message>
    <message>
        <source>请核对数量和价格</source>
        <translation>Check quantity and price</translation>
    </message>
    <message>
        <source>这一行已经不在了</source>
        <translation>That line is gone</translation>
    </message>
    <message>
        <source>重新选一行</source>
        <translation>Choose another</translation>
    </message>
    <message>
        <source>看不懂这个数字：{text}</source>
        <translation>Not a number: {text}</translation>
    </message>
    <message>
        <source>重新输入</source>
        <translation>Type it again</translation>
    </message>
    <message>
        <source>这个密码太容易被猜到</source>
        <translation>This PIN is too easy to guess</translation>
    </message>
    <message>
        <source>至少 {digits} 位，不要用工号、生日、连号或重复的数字</source>
        <translation>At least {digits} digits; no number of yours, birthday, sequence or repeats</translation>
    </message>
    <message>
        <source>这一步要店长同意</source>
        <translation>A manager must agree to this</translation>
    </message>
    <message>
        <source>不能自己同意自己</source>
        <translation>Nobody approves what they do themselves</translation>
    </message>
    <message>
        <source>请店长来</source>
        <translation>Ask a manager</translation>
    </message>
    <message>
        <source>解锁码不对</source>
        <translation>Wrong unlock code</translation>
    </message>
    <message>
        <source>核对店长保管的 16 位解锁码；没有就等一等</source>
        <translation>Check the 16 digits the manager keeps; without them, wait</translation>
    </message>
    <message>
        <source>还不能结算：“{name}”没有价格</source>
        <translation>Cannot pay yet: “{name}” has no price</translation>
    </message>
    <message>
        <source>选中那一行，给它定价</source>
        <translation>Choose that line and set its price</translation>
    </message>
    <message>
        <source>折扣不对：最多 {limit}</source>
        <translation>Discount out of range: {limit} at most</translation>
    </message>
    <message>
        <source>重新输入折扣</source>
        <translation>Enter the discount again</translation>
    </message>
    <message>
        <source>折扣是 0，什么也没有减</source>
        <translation>A discount of 0 takes nothing off</translation>
    </message>
    <message>
        <source>输入要减多少；不打折就按 {key_void_line}</source>
        <translation>Type how much; for no discount press {key_void_line}</translation>
    </message>
    <message>
        <source>这一行不能这样改</source>
        <translation>This line cannot be changed like that</translation>
    </message>
    <message>
        <source>不认识的商品没有价格；只有称重商品可以去皮</source>
        <translation>An unknown item has no price; only weighed goods have a tare</translation>
    </message>
    <message>
        <source>还不能结算：“{name}”还没有称重</source>
        <translation>Cannot pay yet: “{name}” has not been weighed</translation>
    </message>
    <message>
        <source>按 {key_quantity} 输入重量，或按 {key_weigh} 取秤上的</source>
        <translation>Press {key_quantity} to type the weight, or {key_weigh} to read the scale</translation>
    </message>
    <message>
        <source>没有可以撤销的</source>
        <translation>Nothing to undo</translation>
    </message>
    <message>
        <source>接着扫商品</source>
        <translation>Go on scanning</translation>
    </message>
    <message>
        <source>请重新称，或按名称查找商品</source>
        <translation>Weigh it again, or find the product by name</translation>
    </message>
    <message>
        <source>再扫一张重量不同的</source>
        <translation>Scan one more, of another weight</translation>
    </message>
    <message>
        <source>请扫电子秤打印的 13 位或 18 位条码</source>
        <translation>Scan the barcode of 13 or 18 digits that the scale prints</translation>
    </message>
    <message>
        <source>请用同一台秤打三张再扫</source>
        <translation>Print three on one scale and scan them</translation>
    </message>
    <message>
        <source>核对秤里的货号和商品资料，再打三张</source>
        <translation>Compare the item numbers in the scale with the product list, then print three more</translation>
    </message>
    <message>
        <source>这 {count} 张秤标签没有一种读法对得上本店的称重商品</source>
        <translation>No reading of these {count} labels fits the weighed goods of this store</translation>
    </message>
    <message>
        <source>{name} 已过期，不能卖：有效期到 {expires_on}</source>
        <translation>{name} has expired and cannot be sold: good until {expires_on}</translation>
    </message>
    <message>
        <source>{name} 已被召回，不能卖：{words}</source>
        <translation>{name} is recalled and cannot be sold: {words}</translation>
    </message>
    <message>
        <source>没有加入；请拿开交给店长</source>
        <translation>Not added; put it aside and give it to the manager</translation>
    </message>
    <message>
        <source>皮重 {tare_g} 克不比毛重 {gross_g} 克轻</source>
        <translation>A tare of {tare_g} g is not lighter than the gross weight of {gross_g} g</translation>
    </message>
    <message>
        <source>核对皮重，或重新称</source>
        <translation>Check the tare, or weigh again</translation>
    </message>
    <message>
        <source>手工输入的重量最多 {limit_kg} 公斤</source>
        <translation>A weight typed by hand is {limit_kg} kg at most</translation>
    </message>
    <message>
        <source>核对重量；克数不带小数点，公斤如 0.75</source>
        <translation>Check the weight; grams have no point, kilograms are like 0.75</translation>
    </message>
    <message>
        <source>{text} 像条码，不能当数字用</source>
        <translation>{text} looks like a barcode and is no number here</translation>
    </message>
    <message>
        <source>条码在扫描框里输入；按 {key_stop} 离开</source>
        <translation>Type barcodes into the scan box; {key_stop} leaves</translation>
    </message>
    <message>
        <source>{number} 是公斤还是克？</source>
        <translation>{number}: kilograms or grams?</translation>
    </message>
    <message>
        <source>公斤请输入 {number}.0，克请输入 {kilos}</source>
        <translation>Kilograms: type {number}.0; grams: type {kilos}</translation>
    </message>
    <message>
        <source>柜台上没有商品，不用挂单</source>
        <translation>There is nothing on the counter to hold</translation>
    </message>
    <message>
        <source>这台柜台已经挂了 {limit} 单</source>
        <translation>{limit} sales are held at this till already</translation>
    </message>
    <message>
        <source>先取出或作废几单，再挂</source>
        <translation>Resume or discard some first</translation>
    </message>
    <message>
        <source>柜台上还有商品，不能取单</source>
        <translation>There are goods on the counter</translation>
    </message>
    <message>
        <source>先收款，或先把这一单挂起来</source>
        <translation>Take the money first, or hold this sale</translation>
    </message>
    <message>
        <source>这一单已经被 {till} 取走了</source>
        <translation>{till} has taken this cart</translation>
    </message>
    <message>
        <source>请顾客到那台柜台付款</source>
        <translation>Ask the customer to pay there</translation>
    </message>
    <message>
        <source>这一单已经不在挂单里了</source>
        <translation>This sale is not held any more</translation>
    </message>
    <message>
        <source>看看是不是已经取出；不是就重新扫商品</source>
        <translation>See whether somebody has resumed it; if not, scan the goods again</translation>
    </message>
    <message>
        <source>{till} 的程序更新，这里读不了这一单</source>
        <translation>{till} runs a newer program; this cart cannot be read here</translation>
    </message>
    <message>
        <source>请到 {till} 取单；这一单没有丢</source>
        <translation>Resume it at {till}; nothing is lost</translation>
    </message>
    <message>
        <source>这一单已经收过款：{receipt_no}</source>
        <translation>This cart is paid for: {receipt_no}</translation>
    </message>
    <message>
        <source>不用再收；核对小票</source>
        <translation>Take nothing more; look at the receipt</translation>
    </message>
    <message>
        <source>{day} 还有班没有交</source>
        <translation>A shift of {day} is still open</translation>
    </message>
    <message>
        <source>先交班，再日结</source>
        <translation>Close the shift first, then the day</translation>
    </message>
    <message>
        <source>{day} 已经日结过了</source>
        <translation>{day} is closed already</translation>
    </message>
    <message>
        <source>日结以后数字不再改；迟到的单据另附说明</source>
        <translation>A closed day never changes; what comes late is noted beside it</translation>
    </message>
    <message>
        <source>{day} 没有开过班</source>
        <translation>Nobody had a shift on {day}</translation>
    </message>
    <message>
        <source>换一天</source>
        <translation>Choose another day</translation>
    </message>
    <message>
        <source>写不到 {path}：{reason}</source>
        <translation>Cannot write to {path}: {reason}</translation>
    </message>
    <message>
        <source>换一个还没有的文件夹，或换一个 U 盘</source>
        <translation>Name a folder that is not there yet, or use another stick</translation>
    </message>
    <message>
        <source>读不了这个数据包：{reason}</source>
        <translation>This package cannot be read: {reason}</translation>
    </message>
    <message>
        <source>请从收银机重新导出</source>
        <translation>Export it from the till again</translation>
    </message>
    <message>
        <source>这不是总部的收件码：{text}</source>
        <translation>This is no head office&apos;s address for parcels: {text}</translation>
    </message>
    <message>
        <source>向总部要收件码，整串复制</source>
        <translation>Ask head office for it and copy all of it</translation>
    </message>
    <message>
        <source>这不是支付宝付款码</source>
        <translation>This is no Alipay payment code</translation>
    </message>
    <message>
        <source>请顾客打开支付宝的“付款码”再扫</source>
        <translation>Ask for the &quot;Pay&quot; code in Alipay</translation>
    </message>
    <message>
        <source>这笔支付刚刚有了结果</source>
        <translation>This payment has just ended</translation>
    </message>
    <message>
        <source>请看屏幕上的最新状态</source>
        <translation>See the screen for how</translation>
    </message>
    <message>
        <source>这台柜台没有开通支付宝</source>
        <translation>Alipay is not set up at this till</translation>
    </message>
    <message>
        <source>收现金，或请店长填写商户设置</source>
        <translation>Take cash, or ask the manager</translation>
    </message>
    <message>
        <source>这不是支付宝的账单：{reason}</source>
        <translation>This is no Alipay bill: {reason}</translation>
    </message>
    <message>
        <source>换一个文件，或重新下载</source>
        <translation>Choose another file, or fetch it again</translation>
    </message>
    <message>
        <source>不能退 {amount}：这一笔还可以退 {left}</source>
        <translation>{amount} cannot go back: {left} is left</translation>
    </message>
    <message>
        <source>改小金额，或核对已经退过的</source>
        <translation>Lower the amount, or check earlier refunds</translation>
    </message>
    <message>
        <source>没有这张小票：{receipt_no}</source>
        <translation>No such receipt: {receipt_no}</translation>
    </message>
    <message>
        <source>核对小票号；刚在别的柜台付的要等它上传</source>
        <translation>Check the number; a sale at another till must be sent first</translation>
    </message>
    <message>
        <source>这张小票没有用支付宝付款</source>
        <translation>This sale was not paid by Alipay</translation>
    </message>
    <message>
        <source>按原来的付款方式退：请店长处理</source>
        <translation>Pay back the way it was paid: ask the manager</translation>
    </message>
    <message>
        <source>支付宝连不上，没有收款</source>
        <translation>Alipay cannot be reached; nothing was charged</translation>
    </message>
    <message>
        <source>请收现金；线路恢复后支付宝会自动可用</source>
        <translation>Take cash; Alipay comes back by itself</translation>
    </message>
    <message>
        <source>支付宝还没有 {day} 的账单</source>
        <translation>Alipay has no bill of {day} yet</translation>
    </message>
    <message>
        <source>账单在第二天上午九点以后才有，请稍后再试</source>
        <translation>It is there after nine the next morning; try later</translation>
    </message>
    <message>
        <source>不能收 {amount}：还差 {due}</source>
        <translation>Cannot take {amount}: {due} is due</translation>
    </message>
    <message>
        <source>改小金额再收</source>
        <translation>Take less</translation>
    </message>
    <message>
        <source>已经收了 {paid}，商品不能少于这个数（{total}）</source>
        <translation>{paid} is paid already: the goods cannot be worth less ({total})</translation>
    </message>
    <message>
        <source>先在结算页退回一部分，再改商品</source>
        <translation>First give a part back on the pay page</translation>
    </message>
    <message>
        <source>这笔付款的商品已经换过货，付款方式不能再改</source>
        <translation>Goods of this payment were exchanged already, so it stays as it is</translation>
    </message>
    <message>
        <source>请店长记下这张小票，和刷卡单放在一起对账</source>
        <translation>Have the manager note this receipt and keep it with the card slips</translation>
    </message>
    <message>
        <source>这张小票不是本店打的，或者被改过</source>
        <translation>This receipt is not ours, or was changed</translation>
    </message>
    <message>
        <source>不要退；请店长看小票原件，或输入小票号查原单</source>
        <translation>Give nothing back; show it to the manager, or type its number</translation>
    </message>
    <message>
        <source>“{name}”不能退这么多：还可以退 {left}</source>
        <translation>&quot;{name}&quot;: not so many can come back, {left} left</translation>
    </message>
    <message>
        <source>核对小票和已经退过的</source>
        <translation>Check the receipt and what came back before</translation>
    </message>
    <message>
        <source>没有要退的商品</source>
        <translation>Nothing is to come back</translation>
    </message>
    <message>
        <source>先选退哪些；全部退过的不能再退</source>
        <translation>Choose what comes back; what came back cannot again</translation>
    </message>
    <message>
        <source>不能退 {amount}：凭这张小票还可以退 {left}</source>
        <translation>{amount} is too much: this receipt is still good for {left}</translation>
    </message>
    <message>
        <source>减少商品，或等连上总部再退</source>
        <translation>Take fewer goods back, or wait for head office</translation>
    </message>
    <message>
        <source>这种付款（{kind}）在这台柜台退不回去</source>
        <translation>This till cannot give {kind} back</translation>
    </message>
    <message>
        <source>请店长处理</source>
        <translation>Ask the manager</translation>
    </message>
    <message>
        <source>这一单是别的柜台卖的，现在问不到总部</source>
        <translation>Another till sold this, and head office cannot be asked now</translation>
    </message>
    <message>
        <source>扫小票上的二维码，或等连上总部</source>
        <translation>Scan the QR on the receipt, or wait for head office</translation>
    </message>
    <message>
        <source>换货退回的商品变了，或者不是在这台柜台办的</source>
        <translation>The goods to exchange changed, or it was begun at another till</translation>
    </message>
    <message>
        <source>清空这一单，重新扫小票办换货</source>
        <translation>Clear the cart, then scan the receipt again</translation>
    </message>
    <message>
        <source>这一单已经在换货</source>
        <translation>This cart is an exchange already</translation>
    </message>
    <message>
        <source>先收完这一单，再办下一个换货</source>
        <translation>Finish it first</translation>
    </message>
    <message>
        <source>银行卡付的不能直接换货</source>
        <translation>A bank card&apos;s money cannot pay for an exchange</translation>
    </message>
    <message>
        <source>先把商品退回银行卡，新商品另收一单</source>
        <translation>Take the goods back to the card first, then sell the new ones</translation>
    </message>
    <message>
        <source>摄像头断开了：{source}</source>
        <translation>Camera lost: {source}</translation>
    </message>
    <message>
        <source>检查插头；插好会自动恢复，扫码枪照常可用</source>
        <translation>Check the plug; it comes back by itself. The scanner works</translation>
    </message>
    <message>
        <source>缺少识读库 {library}</source>
        <translation>Reading library {library} is missing</translation>
    </message>
    <message>
        <source>摄像头识读会慢一些，请技术人员安装</source>
        <translation>The camera reads slower; ask a technician</translation>
    </message>
    <message>
        <source>录像写不进去：{path}</source>
        <translation>The film cannot be written: {path}</translation>
    </message>
    <message>
        <source>核对文件夹和磁盘空间</source>
        <translation>Check the folder and the disk</translation>
    </message>
    <message>
        <source>图片清单读不出来：{path}</source>
        <translation>The list of pictures cannot be read: {path}</translation>
    </message>
    <message>
        <source>核对文件：要有 file、symbology、expected 三列</source>
        <translation>Check the file: it needs the columns file, symbology, expected</translation>
    </message>
    <message>
        <source>备份盘写不进去，第二份账没有跟上</source>
        <translation>The backup volume cannot be written; the second copy is behind</translation>
    </message>
    <message>
        <source>照常收款；插好备份盘会自动补上，请告诉店长</source>
        <translation>Go on selling; it catches up when the volume is back. Tell the manager</translation>
    </message>
    <message>
        <source>电子秤断开了：{port}</source>
        <translation>The scale is disconnected: {port}</translation>
    </message>
    <message>
        <source>检查电源和插头；插好会自动恢复，也可以手工输入重量</source>
        <translation>Check power and plug; it comes back by itself, or type the weight</translation>
    </message>
    <message>
        <source>电子秤没有回答：{port}</source>
        <translation>The scale does not answer: {port}</translation>
    </message>
    <message>
        <source>检查秤的通信设置，或手工输入重量</source>
        <translation>Check how the scale is set to send, or type the weight</translation>
    </message>
    <message>
        <source>重量还在变</source>
        <translation>The weight is still changing</translation>
    </message>
    <message>
        <source>等秤稳定再取</source>
        <translation>Wait until the scale is steady</translation>
    </message>
    <message>
        <source>秤上没有重量，或低于零</source>
        <translation>The scale shows nothing, or less than nothing</translation>
    </message>
    <message>
        <source>清空秤盘按清零，再放商品</source>
        <translation>Empty the pan and press zero, then put the goods on</translation>
    </message>
    <message>
        <source>超过了秤的量程</source>
        <translation>More than the scale can weigh</translation>
    </message>
    <message>
        <source>分几次称，或换一台秤</source>
        <translation>Weigh in parts, or use another scale</translation>
    </message>
    <message>
        <source>还没有可以重打的小票</source>
        <translation>There is no receipt to print again yet</translation>
    </message>
    <message>
        <source>先收完一单</source>
        <translation>Finish a sale first</translation>
    </message>
    <message>
        <source>这不是打印机的地址：{address}</source>
        <translation>This is no printer&apos;s address: {address}</translation>
    </message>
    <message>
        <source>例如 192.168.1.50、/dev/ttyUSB0、04b8:0e28 或 /dev/usb/lp0</source>
        <translation>For example 192.168.1.50, /dev/ttyUSB0, 04b8:0e28 or /dev/usb/lp0</translation>
    </message>
    <message>
        <source>打印机连不上：{address}</source>
        <translation>The printer cannot be reached: {address}</translation>
    </message>
    <message>
        <source>照常收款；检查电源和插头，接好会自动打印</source>
        <translation>Go on selling; check power and plug, it prints by itself then</translation>
    </message>
    <message>
        <source>打印机没有纸了</source>
        <translation>The printer is out of paper</translation>
    </message>
    <message>
        <source>照常收款；换一卷纸，换好会自动打印</source>
        <translation>Go on selling; put in a new roll, it prints by itself then</translation>
    </message>
    <message>
        <source>打印机的盖子开着</source>
        <translation>The printer&apos;s cover is open</translation>
    </message>
    <message>
        <source>照常收款；盖好会自动打印</source>
        <translation>Go on selling; close it, it prints by itself then</translation>
    </message>
    <message>
        <source>打印机报告故障：{address}</source>
        <translation>The printer reports a fault: {address}</translation>
    </message>
    <message>
        <source>照常收款；关掉再开，还不行请检查切刀</source>
        <translation>Go on selling; switch it off and on, then look at the cutter</translation>
    </message>
    <message>
        <source>有一张小票不知道打出来没有</source>
        <translation>Nobody knows whether a receipt came out</translation>
    </message>
    <message>
        <source>看看打印机；没有就按 {key_printing} 再打</source>
        <translation>Look at the printer; if not, press {key_printing} and print it</translation>
    </message>
    <message>
        <source>这台柜台没有设打印机</source>
        <translation>This till has no printer set up</translation>
    </message>
    <message>
        <source>请店长在“店内设置”里填打印机地址</source>
        <translation>Ask the manager to type its address under Store</translation>
    </message>
    <message>
        <source>文件写不进去：{path}</source>
        <translation>The file cannot be written: {path}</translation>
    </message>
    <message>
        <source>核对文件夹和磁盘空间；文件若开着请先关掉</source>
        <translation>Check the folder and the disk; close the file where it is open</translation>
    </message>
    <message>
        <source>这不是图片：{path}</source>
        <translation>This is no picture: {path}</translation>
    </message>
    <message>
        <source>请选 PNG 或 JPG 文件</source>
        <translation>Choose a PNG or JPG file</translation>
    </message>
    <message>
        <source>顾客数字屏断开了：{port}</source>
        <translation>The customer&apos;s number display is unplugged: {port}</translation>
    </message>
    <message>
        <source>照常收款；检查电源和插头，插好会自动恢复</source>
        <translation>Go on selling; check power and plug: it comes back by itself</translation>
    </message>
    <message>
        <source>连不上总部</source>
        <translation>The head office cannot be reached</translation>
    </message>
    <message>
        <source>照常收款，恢复后自动上传</source>
        <translation>Go on selling; it is sent later by itself</translation>
    </message>
    <message>
        <source>总部有另一台柜台用了同一个编号</source>
        <translation>Another till uses this till’s number</translation>
    </message>
    <message>
        <source>照常收款，请马上联系技术人员</source>
        <translation>Go on selling; call a technician now</translation>
    </message>
    <message>
        <source>这台柜台还没有在总部登记</source>
        <translation>This till is not enrolled at the head office</translation>
    </message>
    <message>
        <source>照常收款，账目留在本机；请技术人员登记</source>
        <translation>Go on selling, the sales stay here; have it enrolled</translation>
    </message>
    <message>
        <source>回答的不是登记过的总部：{reason}</source>
        <translation>What answers is not our head office: {reason}</translation>
    </message>
    <message>
        <source>照常收款，价格不会变；请马上联系技术人员</source>
        <translation>Go on selling, no price changes; call support at once</translation>
    </message>
    <message>
        <source>总部不认这台柜台的密钥</source>
        <translation>The head office does not take this till&apos;s key</translation>
    </message>
    <message>
        <source>照常收款，账目留在本机；请技术人员重新登记</source>
        <translation>Go on selling, the sales stay here; have it enrolled again</translation>
    </message>
    <message>
        <source>柜台的时钟和总部差 {minutes} 分钟</source>
        <translation>The clocks here and at the head office are {minutes} minutes apart</translation>
    </message>
    <message>
        <source>照常收款和上传；请技术人员校准时间</source>
        <translation>Go on selling and sending; have the clock set</translation>
    </message>
    <message>
        <source>登记码不对，或已经用过、过期</source>
        <translation>The enrolment code is wrong, used or too old</translation>
    </message>
    <message>
        <source>请总部再给一个登记码</source>
        <translation>Ask the head office for another</translation>
    </message>
    <message>
        <source>商品键的排列有错：第 {page} 页的 {field}</source>
        <translation>The tiles cannot be arranged so: page {page}, {field}</translation>
    </message>
    <message>
        <source>改好这一页再保存；照常收款</source>
        <translation>Mend that page, then save; sell on</translation>
    </message>
    <message>
        <source>总部新发的门店规则有错，没有采用：{reason}</source>
        <translation>The store rules from head office cannot be used: {reason}</translation>
    </message>
    <message>
        <source>照常收款，仍按原来的规则；请告诉总部</source>
        <translation>Sell on by the rules before; tell head office</translation>
    </message>
    <message>
        <source>总部没有收下账目（{status}）</source>
        <translation>The head office did not take the entries ({status})</translation>
    </message>
    <message>
        <source>照常收款，会自动重试；请告诉技术人员</source>
        <translation>Go on selling; it is tried again. Tell a technician</translation>
    </message>
    <message>
        <source>文件夹或文件用不了：{path}</source>
        <translation>The folder or file cannot be used: {path}</translation>
    </message>
    <message>
        <source>磁盘满了，这一笔没有记下</source>
        <translation>The disk is full; this was not written</translation>
    </message>
    <message>
        <source>不要交货；请技术人员清理磁盘后再试</source>
        <translation>Do not hand over goods; free the disk and try again</translation>
    </message>
    <message>
        <source>账目文件读不出来：{path}</source>
        <translation>The books cannot be read: {path}</translation>
    </message>
    <message>
        <source>停止收款，文件没有改动，请联系技术人员</source>
        <translation>Stop selling; the file is untouched. Call a technician</translation>
    </message>
    <message>
        <source>账目文件是新版本写的：{path}</source>
        <translation>The books were written by a newer version: {path}</translation>
    </message>
    <message>
        <source>请升级柜台程序，文件没有改动</source>
        <translation>Update this program; the file is untouched</translation>
    </message>
    <message>
        <source>SQLite {found} 有丢账的缺陷</source>
        <translation>SQLite {found} can lose a sale</translation>
    </message>
    <message>
        <source>需要 {needed} 或更新，请重新安装柜台</source>
        <translation>{needed} or later is needed; install again</translation>
    </message>
    <message>
        <source>另一个柜台程序正在用同一个账本</source>
        <translation>Another till program is using these books</translation>
    </message>
    <message>
        <source>关掉另一个窗口再打开：{path}</source>
        <translation>Close the other window first: {path}</translation>
    </message>
    <message>
        <source>这一笔是否记下还不知道</source>
        <translation>Not known whether this was written</translation>
    </message>
    <message>
        <source>不要重做；请重新打开柜台，会自动查清</source>
        <translation>Do not repeat it; start the till again, it finds out</translation>
    </message>
    <message>
        <source>账目在第 {seq} 条被改动过</source>
        <translation>The books were changed at entry {seq}</translation>
    </message>
    <message>
        <source>停止收款，请联系店长和技术人员</source>
        <translation>Stop selling; call manager and technician</translation>
    </message>
    <message>
        <source>账目比备份旧：第 {seq} 条对不上</source>
        <translation>The journal is older than its copy: entry {seq} does not agree</translation>
    </message>
    <message>
        <source>先不要收款；请技术人员运行 ./till admin rebuild</source>
        <translation>Do not sell yet; have a technician run ./till admin rebuild</translation>
    </message>
    <message>
        <source>这个文件是备份，不能直接收款：{path}</source>
        <translation>This file is a backup and cannot be sold on: {path}</translation>
    </message>
    <message>
        <source>请技术人员运行 ./till admin rebuild</source>
        <translation>Have a technician run ./till admin rebuild</translation>
    </message>
    <message>
        <source>账目没有能重建：{path}</source>
        <translation>The journal could not be rebuilt: {path}</translation>
    </message>
    <message>
        <source>还有账没有上传，不能移走</source>
        <translation>There are entries nobody else has yet; nothing was moved</translation>
    </message>
    <message>
        <source>磁盘满了，已放开备用空间</source>
        <translation>The disk is full; the spare room has been given up</translation>
    </message>
    <message>
        <source>没有记下的再做一次；收完手上的几单，请技术人员清理磁盘</source>
        <translation>Do again what was not recorded; finish the sales in hand, then have a technician make room</translation>
    </message>
    <message>
        <source>设置文件读不出来：{path}</source>
        <translation>The settings cannot be read: {path}</translation>
    </message>
    <message>
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>最多等 {minutes} 分钟就可以再试；店长可以在登录页用解锁码，不用等</source>
        <translation>Wait {minutes} minutes at most, then try again; or sign in with a manager&apos;s unlock code</translation>
    </message>
    <message>
        <source>这一单已经收了钱，或者正在收</source>
        <translation>Money of this sale is here or being asked for</translation>
    </message>
    <message>
        <source>等它结束，或在结算页退回；不要让顾客再付</source>
        <translation>Wait, or give it back; do not ask to pay again</translation>
    </message>
    <message>
        <source>{name} 的秤标签上没有可以卖的重量或金额</source>
        <translation>The scale label of {name} holds no weight or amount that can be sold</translation>
    </message>
    <message>
        <source>要 {needed} 张不同的秤标签，现在有 {count} 张</source>
        <translation>{needed} different scale labels are needed; there are {count}</translation>
    </message>
    <message>
        <source>这不是秤标签：{text}</source>
        <translation>This is no scale label: {text}</translation>
    </message>
    <message>
        <source>这几张不是同一种秤标签：{text} 和 {other}</source>
        <translation>These labels are not of one kind: {text} and {other}</translation>
    </message>
    <message>
        <source>设置里有不认识的项：{key}</source>
        <translation>Unknown setting: {key}</translation>
    </message>
    <message>
        <source>删除它或改正拼写：{path}</source>
        <translation>Remove it or mend the spelling: {path}</translation>
    </message>
    <message>
        <source>地址 {address} 已被别的程序占用</source>
        <translation>{address} is taken by another program</translation>
    </message>
    <message>
        <source>关掉那个程序，或换一个端口</source>
        <translation>Close that program, or choose another port</translation>
    </message>
    <message>
        <source>密钥用不了：{path}</source>
        <translation>The key cannot be used: {path}</translation>
    </message>
    <message>
        <source>PySide6 {pyside} 在 Python {python} 上会崩溃</source>
        <translation>PySide6 {pyside} crashes on Python {python}</translation>
    </message>
    <message>
        <source>用 ./till 重新安装，它会选对版本</source>
        <translation>Install with ./till; it chooses the right one</translation>
    </message>
    <message>
        <source>缺少系统库 {library}</source>
        <translation>System library {library} is missing</translation>
    </message>
    <message>
        <source>{remedy}</source>
        <translation>{remedy}</translation>
    </message>
    <message>
        <source>这个账本属于柜台 {found}</source>
        <translation>These books belong to till {found}</translation>
    </message>
    <message>
        <source>核对设置里的门店号和柜台号：{path}</source>
        <translation>Check store and till number in the settings: {path}</translation>
    </message>
    <message>
        <source>辅助程序没有启动：{command}</source>
        <translation>A helper program did not start: {command}</translation>
    </message>
    <message>
        <source>原因在 {log}</source>
        <translation>The reason is in {log}</translation>
    </message>
    <message>
        <source>总部的数据库用不了：{reason}</source>
        <translation>The head office database cannot be used: {reason}</translation>
    </message>
    <message>
        <source>核对数据库地址和服务</source>
        <translation>Check its address and service</translation>
    </message>
    <message>
        <source>支付宝网关地址不安全</source>
        <translation>The Alipay gateway address is not safe</translation>
    </message>
    <message>
        <source>设置里要用 https 开头的地址</source>
        <translation>Use an https address in the settings</translation>
    </message>
    <message>
        <source>连不上支付宝模拟器</source>
        <translation>The Alipay simulator cannot be reached</translation>
    </message>
    <message>
        <source>先启动模拟器，再核对地址</source>
        <translation>Start it first, then check the address</translation>
    </message>
    <message>
        <source>支付宝证书过期了，不能收支付宝</source>
        <translation>The Alipay certificate has expired</translation>
    </message>
    <message>
        <source>请收现金，并让店长换新证书：{path}</source>
        <translation>Take cash; the manager must renew it: {path}</translation>
    </message>
    <message>
        <source>密码的密钥文件丢了或被换过，谁的密码都核对不了</source>
        <translation>The PINs&apos; key file was lost or changed, so no PIN can be checked</translation>
    </message>
    <message>
        <source>请技术人员放回 {path}，或用 ./till admin staff 给每个人重设密码</source>
        <translation>Have {path} put back, or give new PINs by ./till admin staff</translation>
    </message>
    <message>
        <source>促销规则 {rule} 写错了：{field}（{reason}）</source>
        <translation>Promotion {rule} is written wrongly: {field} ({reason})</translation>
    </message>
    <message>
        <source>照常收款，按原来的规则；请告诉总部</source>
        <translation>Sell on by the rules from before; tell head office</translation>
    </message>
    <message>
        <source>店内规则用不了：{part} 里的 {rule}（{field}：{reason}）</source>
        <translation>A store rule cannot be used: {rule} in {part} ({field}: {reason})</translation>
    </message>
    <message>
        <source>照原来的规则收款；请店长或总部改正这条规则</source>
        <translation>Go on selling by the old rules; ask the manager or head office to correct this one</translation>
    </message>
    <message>
        <source>程序出错，这一步没有做完</source>
        <translation>A fault in the program; this step was not finished</translation>
    </message>
    <message>
        <source>再试一次；还不行请联系技术人员，日志里有原因</source>
        <translation>Try again; if it stays, call a technician: the log says why</translation>
    </message>
    <message>
        <source>出了意外，这一步没有做</source>
        <translation>Something went wrong; this step was not done</translation>
    </message>
    <message>
        <source>再试一次；还不行请联系技术人员</source>
        <translation>Try again; if it stays, call a technician</translation>
    </message>
    <message>
        <source>购物车是空的</source>
        <translation>The cart is empty</translation>
    </message>
    <message>
        <source>还没有输入收到的现金</source>
        <translation>No cash amount typed yet</translation>
    </message>
    <message>
        <source>输入金额，或按“正好”</source>
        <translation>Type the amount, or press Exact</translation>
    </message>
    <message>
        <source>没有找到“{reason}”</source>
        <translation>Nothing found for “{reason}”</translation>
    </message>
    <message>
        <source>换一个名称或拼音首字母</source>
        <translation>Try another name or initials</translation>
    </message>
    <message>
        <source>没有这一行：行号是 {reason}</source>
        <translation>No such row: they are {reason}</translation>
    </message>
    <message>
        <source>输入行号再按 {key_take}，或点一下那一行</source>
        <translation>Type a row&apos;s number and press {key_take}, or touch the row</translation>
    </message>
    <message>
        <source>只有数字 {reason}，不知道是什么</source>
        <translation>{reason} alone says nothing</translation>
    </message>
    <message>
        <source>没有这个条码 {reason}</source>
        <translation>No such barcode {reason}</translation>
    </message>
    <message>
        <source>看到付款码，可是还没有可以结算的商品</source>
        <translation>Alipay code scanned, but nothing to pay for</translation>
    </message>
    <message>
        <source>没有加入；请拿开，换一件没过期的</source>
        <translation>Nothing was added: put it aside and take one that is still good</translation>
    </message>
    <message>
        <source>找零 {reason}？</source>
        <translation>Change {reason}?</translation>
    </message>
    <message>
        <source>真收到 {amount}，再按一次就收；不是就改</source>
        <translation>If {amount} was really handed over, press again to take it; if not, correct it</translation>
    </message>
    <message>
        <source>单价 {amount}？原价是 {reason}</source>
        <translation>Price {amount}? Its own is {reason}</translation>
    </message>
    <message>
        <source>真卖这么贵，再按一次就改；不是就重新输入</source>
        <translation>If it is really sold for that, press again; if not, type it anew</translation>
    </message>
    <message>
        <source>商品很多，只有前 {reason} 种有行号</source>
        <translation>Many goods: only the first {reason} have a row number</translation>
    </message>
    <message>
        <source>输入行号，点一下那一行，或重新输入长一点的词</source>
        <translation>Type a row number, touch a row, or type a longer word</translation>
    </message>
    <message>
        <source>改数量请按 {key_quantity}；条码要输入完整</source>
        <translation>To change a quantity press {key_quantity}; a barcode must be typed whole</translation>
    </message>
    <message>
        <source>按 {key_void_line} 删除这一行，或按名称查找商品</source>
        <translation>Press {key_void_line} to remove the line, or search by name</translation>
    </message>
    <message>
        <source>秤标签 {amount}，按单价是 {reason}</source>
        <translation>Label {amount}, the price makes it {reason}</translation>
    </message>
    <message>
        <source>按秤标签收；秤里可能是旧价，请告诉店长</source>
        <translation>The label&apos;s amount is taken; the scale may have an old price, tell the manager</translation>
    </message>
    <message>
        <source>秤标签 {amount}，优惠后收 {reason}</source>
        <translation>Label {amount}, {reason} charged after the offer</translation>
    </message>
    <message>
        <source>标签和单价对不上；秤里可能是旧价，请告诉店长</source>
        <translation>Label and price differ; the scale may have an old price, tell the manager</translation>
    </message>
    <message>
        <source>会员价已经省了 {amount}；可以接着扫</source>
        <translation>Members&apos; prices took {amount} off; scan on</translation>
    </message>
    <message>
        <source>会员 {reason}：不像本店的会员号</source>
        <translation>Member {reason}: not like this store&apos;s cards</translation>
    </message>
    <message>
        <source>没有会员价；输错了按 {key_member} 再输一次</source>
        <translation>No members&apos; prices; mistyped? {key_member} types it anew</translation>
    </message>
    <message>
        <source>“{reason}”这一单用不上</source>
        <translation>“{reason}” does not apply to this sale</translation>
    </message>
    <message>
        <source>“{reason}”还用不上</source>
        <translation>“{reason}” does not apply yet</translation>
    </message>
    <message>
        <source>再买 {amount} 能用这张券的商品，到了自动减</source>
        <translation>{amount} more of goods it is for, and it comes off by itself</translation>
    </message>
    <message>
        <source>能用这张券的商品还没有扫；扫到自动减</source>
        <translation>None of the goods it is for is here; once scanned it comes off by itself</translation>
    </message>
    <message>
        <source>本店没有这张券的活动</source>
        <translation>This store has no offer for this coupon</translation>
    </message>
    <message>
        <source>请顾客看看券上的门店；券号 {reason}</source>
        <translation>Have the customer check the store on it; coupon {reason}</translation>
    </message>
    <message>
        <source>已删除 {reason}</source>
        <translation>Removed: {reason}</translation>
    </message>
    <message>
        <source>删错了按 {key_undo} 拿回来</source>
        <translation>{key_undo} brings it back</translation>
    </message>
    <message>
        <source>已清空 {reason} 行</source>
        <translation>Lines emptied: {reason}</translation>
    </message>
    <message>
        <source>清错了按 {key_undo} 拿回来</source>
        <translation>Emptied by mistake? {key_undo} brings them back</translation>
    </message>
    <message>
        <source>{reason}，已记下</source>
        <translation>{reason}: noted</translation>
    </message>
    <message>
        <source>{amount} 已改：{reason}</source>
        <translation>{amount} corrected: {reason}</translation>
    </message>
    <message>
        <source>{reason} 问过支付宝，钱还没到</source>
        <translation>Asked Alipay at {reason}: no money yet</translation>
    </message>
    <message>
        <source>请顾客在手机上确认；付了会自动完成</source>
        <translation>The customer confirms on the phone; once paid, it completes by itself</translation>
    </message>
    <message>
        <source>再按一次只收 {amount}，其余 {reason} 另付</source>
        <translation>Press again to take only {amount}; {reason} is left</translation>
    </message>
    <message>
        <source>退回最后收的 {amount}？</source>
        <translation>Give back the {amount} that came last?</translation>
    </message>
    <message>
        <source>再按一次就退</source>
        <translation>Press again to do it</translation>
    </message>
    <message>
        <source>现金 {amount} 已经退给顾客了？</source>
        <translation>Does the customer have the {amount} back?</translation>
    </message>
    <message>
        <source>退了就再按一次</source>
        <translation>If so, press again</translation>
    </message>
    <message>
        <source>退了按“已退”（结算页或“支付”页）；支付宝的自动退回</source>
        <translation>Then press Handed back (pay page or Payments)</translation>
    </message>
    <message>
        <source>这是 {reason} 的班和钱箱，还没交班</source>
        <translation>This is {reason}&apos;s shift and drawer, still open</translation>
    </message>
    <message>
        <source>收的钱都算在这一班；要用自己的钱箱，先交班（{key_close_shift}）再开班</source>
        <translation>All money counts in this shift; for a drawer of your own, close it first ({key_close_shift}), then open yours</translation>
    </message>
    <message>
        <source>这是 {reason} 的班，购物车里有 {amount} 没结算</source>
        <translation>{reason}&apos;s shift; {amount} in the cart is not settled</translation>
    </message>
    <message>
        <source>核对后接着收，或先挂单（{key_suspend}）；要用自己的钱箱，先交班（{key_close_shift}）</source>
        <translation>Check and go on with it, or suspend it ({key_suspend}); for a drawer of your own, close the shift first ({key_close_shift})</translation>
    </message>
    <message>
        <source>现在不能换语言</source>
        <translation>The language cannot change now</translation>
    </message>
    <message>
        <source>等这一步有了结果，回到柜台再换</source>
        <translation>Wait until this is done, then change it at the counter</translation>
    </message>
    <message>
        <source>“今日”只给店长看</source>
        <translation>&quot;Today&quot; is for managers only</translation>
    </message>
    <message>
        <source>请店长扫员工卡，或按 {key_lock} 用自己的工号登录；购物车不会丢</source>
        <translation>A manager scans their badge, or presses {key_lock} and signs in; the cart stays</translation>
    </message>
    <message>
        <source>您的密码太容易被猜到</source>
        <translation>Your PIN is too easy to guess</translation>
    </message>
    <message>
        <source>现在可以继续；请店长给您设一个新的</source>
        <translation>You can go on now; ask a manager for a new one</translation>
    </message>
    <message>
        <source>付款码过期了，请刷新一下再出示</source>
        <translation>Your code has expired: please refresh it</translation>
    </message>
    <message>
        <source>这个付款方式余额或额度不够，请在支付宝里换一种，或付现金</source>
        <translation>Not enough balance or limit: choose another way in Alipay, or pay cash</translation>
    </message>
    <message>
        <source>请在支付宝里打开付款功能或完善身份信息，或付现金</source>
        <translation>Please switch payments on or complete your data in Alipay, or pay cash</translation>
    </message>
    <message>
        <source>这个账号不能在本店付款，请换一个</source>
        <translation>This account cannot pay here, please use another</translation>
    </message>
    <message>
        <source>支付宝没有受理这笔付款，请付现金</source>
        <translation>Alipay did not take this payment, please pay cash</translation>
    </message>
    <message>
        <source>金额超出支付宝单笔限制，请付现金</source>
        <translation>Beyond what Alipay takes at once, please pay cash</translation>
    </message>
    <message>
        <source>本店暂时不能收支付宝，请付现金，抱歉</source>
        <translation>Sorry, we cannot take Alipay at the moment, please pay cash</translation>
    </message>
    <message>
        <source>这笔付款过了退款期限，店长会用现金退给您</source>
        <translation>Too old for an Alipay refund: the manager pays you back in cash</translation>
    </message>
    <message>
        <source>这笔付款已经退过一部分，请稍等核对</source>
        <translation>Part of this was refunded already, one moment please</translation>
    </message>
    <message>
        <source>退款正在办理，钱会退回您的支付宝</source>
        <translation>Your refund is under way to your Alipay</translation>
    </message>
    <message>
        <source>这笔付款没有可退的钱，请看支付宝账单</source>
        <translation>There is nothing left to refund, see your Alipay bill</translation>
    </message>
    <message>
        <source>支付宝不能退这一笔，店长会用现金退给您</source>
        <translation>Alipay cannot refund this: the manager pays you back in cash</translation>
    </message>
    <message>
        <source>正在查询付款结果，请先不要再付</source>
        <translation>Finding out about your payment; please do not pay again</translation>
    </message>
    <message>
        <source>把下面的话读给顾客，再扫码或收现金</source>
        <translation>Read the words below to the customer; then scan again or take cash</translation>
    </message>
    <message>
        <source>已停止收款，没有扣您的钱</source>
        <translation>Stopped; you have not been charged</translation>
    </message>
    <message>
        <source>已停止收款；若手机上已扣款，会自动退回</source>
        <translation>Stopped; if money was taken it goes back by itself</translation>
    </message>
    <message>
        <source>您付的钱正在退回，请看支付宝账单</source>
        <translation>Your money is going back, see your Alipay bill</translation>
    </message>
    <message>
        <source>收款码没有取到：再试一次，或扫顾客的付款码</source>
        <translation>No code came: try again, or scan the customer&apos;s code</translation>
    </message>
    <message>
        <source>先扫商品</source>
        <translation>Scan goods first</translation>
    </message>
    <message>
        <source>还不能结算：有 {unknown} 个不认识的条码</source>
        <translation>Cannot pay yet: {unknown} unknown barcodes</translation>
    </message>
    <message>
        <source>请店长扫员工卡、输入工号和密码，或在电话里同意</source>
        <translation>A manager scans a badge, types number and PIN, or agrees by phone</translation>
    </message>
    <message>
        <source>电话里报的 6 位数不对</source>
        <translation>The 6 digits told by phone are wrong</translation>
    </message>
    <message>
        <source>请对方核对屏幕上的 8 位数、事项和金额；还可以试 {tries_left} 次</source>
        <translation>Ask them to check the 8 digits, the act and the amount; {tries_left} tries left</translation>
    </message>
    <message>
        <source>这个电话码用过了、过了一分钟，或者不是给这一笔的</source>
        <translation>This phone code was used, is over a minute old, or was for something else</translation>
    </message>
    <message>
        <source>再按“电话同意”，报新的 8 位数</source>
        <translation>Press “By phone” again and read out the new 8 digits</translation>
    </message>
    <message>
        <source>工号 {number} 在这台柜台没有电话钥匙</source>
        <translation>Number {number} has no phone key at this till</translation>
    </message>
    <message>
        <source>请对方到柜台扫卡或输入密码，或换一位店长</source>
        <translation>Ask them to come with badge or PIN, or ask another manager</translation>
    </message>
    <message>
        <source>这张员工卡在这台柜台没有登记</source>
        <translation>This badge is not known at this till</translation>
    </message>
    <message>
        <source>用工号和密码，或请店长重新发卡</source>
        <translation>Use number and PIN, or have a manager give a new badge</translation>
    </message>
    <message>
        <source>还没有写原因</source>
        <translation>No reason is given yet</translation>
    </message>
    <message>
        <source>选一个原因，或输入几个字</source>
        <translation>Choose a reason, or type a few words</translation>
    </message>
    <message>
        <source>这笔付款不能改：支付宝和储值卡以对方的账为准</source>
        <translation>This payment cannot be corrected: Alipay and prepaid cards are as their own books say</translation>
    </message>
    <message>
        <source>只有现金和刷卡可以互改；支付宝收错了请退款</source>
        <translation>Only cash and bank card can be swapped; refund an Alipay payment that was wrong</translation>
    </message>
    <message>
        <source>正在收款，刚才扫的没有加入</source>
        <translation>Taking payment: that scan was not added</translation>
    </message>
    <message>
        <source>收完这一笔再扫</source>
        <translation>Scan it after this payment</translation>
    </message>
    <message>
        <source>正在办，还没有结果</source>
        <translation>This is being done; there is no answer yet</translation>
    </message>
    <message>
        <source>请等几秒，办好了再走</source>
        <translation>Wait a few seconds until it is done</translation>
    </message>
    <message>
        <source>看包装批号：{reason} 已被召回</source>
        <translation>Look at the lot: {reason} is called back</translation>
    </message>
    <message>
        <source>是这一批就拿开，按 {key_void_line} 删除；不是就照常卖</source>
        <translation>If it is this lot, take it away and press {key_void_line}; if not, sell on</translation>
    </message>
    <message>
        <source>会员 {reason}</source>
        <translation>Member {reason}</translation>
    </message>
    <message>
        <source>这一单没有更便宜的会员价；扫到有的自动算</source>
        <translation>No cheaper member price here; counted when one is scanned</translation>
    </message>
    <message>
        <source>优惠券已用，减 {amount}</source>
        <translation>Coupon used: {amount} off</translation>
    </message>
    <message>
        <source>券号 {reason}</source>
        <translation>Coupon {reason}</translation>
    </message>
    <message>
        <source>可能还差件数，日期、会员不对，或别的优惠更划算；照常收款</source>
        <translation>Pieces may lack, date or member may not fit, or other offers are better; charge as usual</translation>
    </message>
    <message>
        <source>“{reason}”没有用掉：不用它也不收钱</source>
        <translation>“{reason}” is not used up: it costs nothing without it</translation>
    </message>
    <message>
        <source>请把券还给顾客，下次再用</source>
        <translation>Give the coupon back to the customer for another time</translation>
    </message>
    <message>
        <source>没有选中哪一行</source>
        <translation>No line is chosen</translation>
    </message>
    <message>
        <source>点一下那一行，或按 {key_line_up} {key_line_down} 选</source>
        <translation>Touch the line, or choose it with {key_line_up} {key_line_down}</translation>
    </message>
    <message>
        <source>没有加入刚才扫的商品</source>
        <translation>What was just scanned was left out</translation>
    </message>
    <message>
        <source>请从柜台上拿开，接着收款</source>
        <translation>Take it off the counter and go on with the payment</translation>
    </message>
    <message>
        <source>这是微信付款码，这里不收微信</source>
        <translation>WeChat Pay is not accepted here</translation>
    </message>
    <message>
        <source>请顾客打开支付宝，或收现金</source>
        <translation>Ask the customer for Alipay, or take cash</translation>
    </message>
    <message>
        <source>这是小票，要退款先收完这一单</source>
        <translation>A receipt; finish this sale before a refund</translation>
    </message>
    <message>
        <source>收完以后再扫小票</source>
        <translation>Scan the receipt again afterwards</translation>
    </message>
    <message>
        <source>现在是 {reason} 在收银</source>
        <translation>{reason} sells now</translation>
    </message>
    <message>
        <source>购物车没有变，接着扫</source>
        <translation>The cart is as it was; go on scanning</translation>
    </message>
    <message>
        <source>关好抽屉，接着扫商品</source>
        <translation>Close the drawer and go on scanning</translation>
    </message>
    <message>
        <source>这是员工卡，现在用不上</source>
        <translation>A staff badge; it does nothing here now</translation>
    </message>
    <message>
        <source>扫商品或付款码</source>
        <translation>Scan goods or a payment code</translation>
    </message>
    <message>
        <source>支付宝没有收到钱 {amount}</source>
        <translation>Alipay declined {amount}</translation>
    </message>
    <message>
        <source>已停止，顾客没有被扣款</source>
        <translation>Stopped; nothing was taken</translation>
    </message>
    <message>
        <source>可以重新扫码或收现金</source>
        <translation>Scan again or take cash</translation>
    </message>
    <message>
        <source>已停止；上一笔若已扣款，会自动退回顾客</source>
        <translation>Stopped; if money was taken it goes back by itself</translation>
    </message>
    <message>
        <source>可以收现金，或请顾客刷新付款码再扫</source>
        <translation>Take cash, or scan a fresh code</translation>
    </message>
    <message>
        <source>顾客付的 {amount} 正在退回</source>
        <translation>{amount} is going back to the customer</translation>
    </message>
    <message>
        <source>请告诉顾客；可以重新收款</source>
        <translation>Tell the customer; you may charge again</translation>
    </message>
    <message>
        <source>少于应收，还没有收</source>
        <translation>Less than is due: nothing was taken yet</translation>
    </message>
    <message>
        <source>收到 {amount}，还差 {reason}</source>
        <translation>{amount} taken, {reason} still due</translation>
    </message>
    <message>
        <source>其余可以再收现金或支付宝；不付了就按“退回”</source>
        <translation>Take the rest either way, or press Give back</translation>
    </message>
    <message>
        <source>这一单已经收了 {amount}，还差 {reason}</source>
        <translation>{amount} of this sale is paid, {reason} still due</translation>
    </message>
    <message>
        <source>接着收完；不付了就按“退回”</source>
        <translation>Take the rest, or press Give back</translation>
    </message>
    <message>
        <source>这一单已经收了 {amount}，还没有清空</source>
        <translation>{amount} of this sale is paid: nothing was cleared yet</translation>
    </message>
    <message>
        <source>再按一次“清空”：全部退回顾客，商品清空</source>
        <translation>Press Clear again: the money goes back, the goods go</translation>
    </message>
    <message>
        <source>请退给顾客现金 {amount}</source>
        <translation>Hand {amount} in cash back to the customer</translation>
    </message>
    <message>
        <source>抽屉里有现金 {amount} 没有对应的销售</source>
        <translation>{amount} in the drawer belongs to no sale</translation>
    </message>
    <message>
        <source>请看“支付”页；不会自动退回</source>
        <translation>Look under Payments; it does not go back by itself</translation>
    </message>
    <message>
        <source>有一笔支付宝 {amount} 没有对应的销售</source>
        <translation>Alipay {amount} has no sale</translation>
    </message>
    <message>
        <source>十分钟后自动退回顾客</source>
        <translation>It goes back by itself in ten minutes</translation>
    </message>
    <message>
        <source>已挂单 {amount}，{reason} 行</source>
        <translation>Held {amount}, {reason} lines</translation>
    </message>
    <message>
        <source>接着扫下一位的；按 {key_resume} 取回</source>
        <translation>Scan for the next customer; {key_resume} brings it back</translation>
    </message>
    <message>
        <source>上次没有结算的商品已恢复</source>
        <translation>The cart from before is back</translation>
    </message>
    <message>
        <source>核对后继续，或清空</source>
        <translation>Check it and go on, or clear</translation>
    </message>
    <message>
        <source>请顾客刷新付款码再扫</source>
        <translation>Scan a fresh code</translation>
    </message>
    <message>
        <source>余额或卡不行：请顾客换一种付款来源再扫，或收现金</source>
        <translation>Balance or card refused: another card in Alipay, or cash</translation>
    </message>
    <message>
        <source>请顾客在支付宝里打开付款开关或完善实名，再扫；或收现金</source>
        <translation>A switch or real-name data in Alipay is missing; or take cash</translation>
    </message>
    <message>
        <source>这是本店自己的账号：请用别人的付款码</source>
        <translation>This is the shop&apos;s own account: use another code</translation>
    </message>
    <message>
        <source>这位顾客不能用支付宝付：请收现金</source>
        <translation>This customer cannot pay by Alipay: take cash</translation>
    </message>
    <message>
        <source>金额超出支付宝的限制：请收现金</source>
        <translation>Beyond what Alipay takes: take cash</translation>
    </message>
    <message>
        <source>本店今天的支付宝收款到了上限：请收现金，并告诉店长</source>
        <translation>The shop&apos;s Alipay limit is reached: cash, tell the manager</translation>
    </message>
    <message>
        <source>商户设置有问题：请收现金，并告诉店长</source>
        <translation>Merchant set-up is wrong: cash, tell the manager</translation>
    </message>
    <message>
        <source>这台机器的时间不对：请收现金，并让技术人员校时</source>
        <translation>This machine&apos;s clock is wrong: cash, call a technician</translation>
    </message>
    <message>
        <source>柜台发出的请求有误：请收现金，并告诉店长</source>
        <translation>The till sent a bad request: cash, tell the manager</translation>
    </message>
    <message>
        <source>过了可以退款的期限：请店长按现金退</source>
        <translation>Too old to refund: the manager pays back in cash</translation>
    </message>
    <message>
        <source>退得比剩下的多：核对这一笔已经退过多少</source>
        <translation>More than is left: check what went back already</translation>
    </message>
    <message>
        <source>本店支付宝余额不够：柜台会自动再退，请告诉店长充值</source>
        <translation>The shop&apos;s Alipay balance is low: it is tried again; tell the manager</translation>
    </message>
    <message>
        <source>这一笔没有可退的钱：没有付过，或已经全部退回</source>
        <translation>Nothing to refund: never paid, or all went back</translation>
    </message>
    <message>
        <source>支付宝不能退这一笔：请店长按现金退</source>
        <translation>Alipay cannot refund this: the manager pays back in cash</translation>
    </message>
    <message>
        <source>结果还不知道：不要让顾客再付，柜台正在查询</source>
        <translation>Not known yet: do not ask to pay again</translation>
    </message>
</context>
<context>
    <name>operations</name>
    <message>
        <source>数量</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>改单价（元）</source>
        <translation>New price (¥)</translation>
    </message>
    <message>
        <source>去皮：包装的克数，或公斤如 0.05</source>
        <translation>Tare: grams of packing, or kilograms such as 0.05</translation>
    </message>
    <message>
        <source>单品减百分之几（15 就是八五折）</source>
        <translation>% off this line</translation>
    </message>
    <message>
        <source>单品减多少元</source>
        <translation>Yuan off this line</translation>
    </message>
    <message>
        <source>整单减百分之几（15 就是八五折）</source>
        <translation>% off the whole</translation>
    </message>
    <message>
        <source>整单减多少元</source>
        <translation>Yuan off the whole</translation>
    </message>
    <message>
        <source>会员号，或扫会员码</source>
        <translation>Member&apos;s number, or scan the card</translation>
    </message>
    <message>
        <source>券号，或扫券</source>
        <translation>Coupon&apos;s number, or scan it</translation>
    </message>
    <message>
        <source>净重：克数，或公斤如 0.75</source>
        <translation>Net weight: grams, or kilograms such as 0.75</translation>
    </message>
    <message>
        <source>整单</source>
        <translation>The whole</translation>
    </message>
    <message>
        <source>不认识 {text}</source>
        <translation>Unknown {text}</translation>
    </message>
    <message>
        <source>按原价</source>
        <translation>Shelf price</translation>
    </message>
    <message>
        <source>不去皮</source>
        <translation>No tare</translation>
    </message>
    <message>
        <source>不用会员</source>
        <translation>No member</translation>
    </message>
    <message>
        <source>{why}减 {amount}</source>
        <translation>{amount} off ({why})</translation>
    </message>
    <message>
        <source>{why}再减 {amount}</source>
        <translation>then {amount} off ({why})</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>{cuts}，收 {due}</source>
        <translation>{cuts}; due {due}</translation>
    </message>
    <message>
        <source>不打折</source>
        <translation>No discount</translation>
    </message>
</context>
<context>
    <name>printing</name>
    <message>
        <source>在等</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>等您决定</source>
        <translation>Print or discard?</translation>
    </message>
    <message>
        <source>✓ 已打印</source>
        <translation>✓ Printed</translation>
    </message>
    <message>
        <source>不打了</source>
        <translation>Dropped</translation>
    </message>
    <message>
        <source>放了半小时以上，不会自己打出来</source>
        <translation>over 30 min old</translation>
    </message>
    <message>
        <source>打印时断了电，可能已经打出来</source>
        <translation>the power went; it may be on paper</translation>
    </message>
    <message>
        <source>打印中断，可能已经打出来</source>
        <translation>cut short; it may be on paper</translation>
    </message>
    <message>
        <source>打印机连不上</source>
        <translation>printer not reached</translation>
    </message>
    <message>
        <source>没有纸</source>
        <translation>no paper</translation>
    </message>
    <message>
        <source>盖子开着</source>
        <translation>cover open</translation>
    </message>
    <message>
        <source>打印机故障</source>
        <translation>printer fault</translation>
    </message>
    <message>
        <source>{state}：{reason}</source>
        <translation>{state} · {reason}</translation>
    </message>
    <message>
        <source>小票</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>副本 {copy}</source>
        <translation>copy {copy}</translation>
    </message>
    <message>
        <source>⚠ 打印机断开</source>
        <translation>⚠ Printer lost</translation>
    </message>
    <message>
        <source>⚠ 没有纸</source>
        <translation>⚠ No paper</translation>
    </message>
    <message>
        <source>⚠ 打印机盖开</source>
        <translation>⚠ Cover open</translation>
    </message>
    <message>
        <source>⚠ 打印机故障</source>
        <translation>⚠ Printer fault</translation>
    </message>
    <message>
        <source>⚠ {count} 张待定</source>
        <translation>⚠ {count} held</translation>
    </message>
    <message>
        <source>{count} 张在等</source>
        <translation>{count} waiting</translation>
    </message>
    <message>
        <source>纸快用完</source>
        <translation>Paper low</translation>
    </message>
    <message>
        <source>⚠ {why}：好了自动打印</source>
        <translation>⚠ {why}: it prints by itself once that is mended</translation>
    </message>
    <message>
        <source>✓ 小票已打印</source>
        <translation>✓ Receipt printed</translation>
    </message>
    <message>
        <source>⚠ {why}：好了小票自动打印</source>
        <translation>⚠ {why}: it prints by itself then</translation>
    </message>
    <message>
        <source>⚠ 缺纸：换纸后自动打印小票</source>
        <translation>⚠ No paper: prints after a new roll</translation>
    </message>
</context>
<context>
    <name>returns</name>
    <message>
        <source>现金</source>
        <translation>Cash</translation>
    </message>
    <message>
        <source>支付宝</source>
        <translation>Alipay</translation>
    </message>
    <message>
        <source>银行卡</source>
        <translation>Bank card</translation>
    </message>
    <message>
        <source>✓ 已退货 {total}，退货单 {number}</source>
        <translation>✓ Returned {total}, slip {number}</translation>
    </message>
    <message>
        <source>请给顾客现金 {amount}</source>
        <translation>Give the customer {amount} in cash</translation>
    </message>
    <message>
        <source>请在银行卡终端上给顾客退 {amount}</source>
        <translation>Give {amount} back on the card terminal</translation>
    </message>
    <message>
        <source>不用给现金</source>
        <translation>No cash to give</translation>
    </message>
    <message>
        <source>✓ {amount} 已退回支付宝</source>
        <translation>✓ {amount} is back at Alipay</translation>
    </message>
    <message>
        <source>… {amount} 正在退回支付宝，柜台会自动办完；进度在“支付查询”里</source>
        <translation>… {amount} is going back to Alipay; the till sees to it, see &quot;Payments&quot;</translation>
    </message>
    <message>
        <source>✓ 支付宝没有退的 {amount} 改退现金</source>
        <translation>✓ {amount} that Alipay did not give back: in cash</translation>
    </message>
    <message>
        <source>✕ {amount} 支付宝没有退：{why}</source>
        <translation>✕ Alipay did not give {amount} back: {why}</translation>
    </message>
</context>
<context>
    <name>review</name>
    <message>
        <source>✓ 已经收到 {amount}，小票 {receipt_no}</source>
        <translation>✓ {amount} received, receipt {receipt_no}</translation>
    </message>
    <message>
        <source>钱已付到本店，不用再付</source>
        <translation>We have your money, no need to pay again</translation>
    </message>
    <message>
        <source>⚠ 收到 {amount}，可是没有完成销售；十分钟后自动退回</source>
        <translation>⚠ {amount} came but no sale was made; it goes back in ten minutes</translation>
    </message>
    <message>
        <source>这笔钱会退回您的支付宝</source>
        <translation>This goes back to your Alipay</translation>
    </message>
    <message>
        <source>… {amount} 还没有结果，柜台正在查询</source>
        <translation>… {amount}: not known yet, the till is finding out</translation>
    </message>
    <message>
        <source>正在查询，请先不要再付</source>
        <translation>We are finding out, please do not pay again</translation>
    </message>
    <message>
        <source>↩ {amount} 已经撤销；若扣了款，会自动退回</source>
        <translation>↩ {amount} was cancelled; anything taken goes back</translation>
    </message>
    <message>
        <source>若手机上已扣款，会退回您的支付宝</source>
        <translation>If money was taken it goes back to your Alipay</translation>
    </message>
    <message>
        <source>✓ 没有收这 {amount}：没有扣款，或已经全部退回</source>
        <translation>✓ {amount} is not with us: never taken, or all went back</translation>
    </message>
    <message>
        <source>本店没有收这笔钱，请看支付宝账单</source>
        <translation>We do not have this money, see your Alipay bill</translation>
    </message>
    <message>
        <source>✓ 本店收到 {amount}，不是在这台柜台付的</source>
        <translation>✓ The shop has {amount}, paid at another till</translation>
    </message>
    <message>
        <source>钱已付到本店，请到付款的柜台处理</source>
        <translation>We have your money; please go to the till you paid at</translation>
    </message>
    <message>
        <source>这笔付款不是这台柜台的，也没有付成</source>
        <translation>Not of this till, and never paid</translation>
    </message>
    <message>
        <source>这笔没有付成，请看支付宝账单</source>
        <translation>This was not paid, see your Alipay bill</translation>
    </message>
    <message>
        <source>支付宝和柜台都没有这一笔：{asked}</source>
        <translation>Neither Alipay nor this till knows {asked}</translation>
    </message>
    <message>
        <source>请打开支付宝账单详情，出示订单号的条码</source>
        <translation>Open the bill in Alipay and show its barcode</translation>
    </message>
    <message>
        <source>支付宝连不上，现在查不到：{asked}</source>
        <translation>Alipay cannot be reached: {asked} is not known</translation>
    </message>
    <message>
        <source>线路恢复后再查，请先不要再付</source>
        <translation>Try again when the line is back; please do not pay again</translation>
    </message>
    <message>
        <source>（已退 {refunded}）</source>
        <translation> ({refunded} refunded)</translation>
    </message>
    <message>
        <source>{at} 收款 {amount}：还没有结果，正在查询</source>
        <translation>{at} {amount}: not known yet, being looked up</translation>
    </message>
    <message>
        <source>{at} 收到 {amount}：销售还没有完成；没有人接着收，十分钟后自动退回</source>
        <translation>{at} {amount} came, the sale is not done; unclaimed it goes back after ten minutes</translation>
    </message>
    <message>
        <source>{at} 收款 {amount}：正在撤销，若扣了款会退回</source>
        <translation>{at} {amount}: being cancelled, anything taken goes back</translation>
    </message>
    <message>
        <source>{at} 现金 {amount}：它的销售还没有完成，不会自动退回</source>
        <translation>{at} {amount} in cash: its sale is not done; it does not go back by itself</translation>
    </message>
    <message>
        <source>{at} 现金 {amount}：请退给顾客，退了以后按“已退给顾客”</source>
        <translation>{at} {amount} in cash: hand it back, then press Handed back</translation>
    </message>
    <message>
        <source>{at} 退款 {amount}（小票 {receipt_no}）：正在办理</source>
        <translation>{at} refund {amount} (receipt {receipt_no}): under way</translation>
    </message>
</context>
<context>
    <name>run</name>
    <message>
        <source>练习 · 不是真实收款 · TRAINING</source>
        <translation>练习 · 不是真实收款 · TRAINING</translation>
    </message>
</context>
<context>
    <name>tables</name>
    <message>
        <source>导出成表格</source>
        <translation>Export as a table</translation>
    </message>
</context>
</TS>
