<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>AmountPage</name>
    <message>
        <source>Esc 返回</source>
        <translation>Esc Back</translation>
    </message>
</context>
<context>
    <name>Approval</name>
    <message>
        <source>店长工号</source>
        <translation>Manager&apos;s number</translation>
    </message>
    <message>
        <source>店长密码</source>
        <translation>Manager&apos;s PIN</translation>
    </message>
    <message>
        <source>退款要店长同意：请店长在这里输入</source>
        <translation>A manager must agree: please type here</translation>
    </message>
    <message>
        <source>密码正在输入（不显示）</source>
        <translation>PIN being typed (not shown)</translation>
    </message>
</context>
<context>
    <name>AskingPanel</name>
    <message>
        <source>网络慢的时候要等半分钟；不要让顾客再付。</source>
        <translation>A slow line may take half a minute; do not ask to pay again.</translation>
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
        <source>Enter 下载账单并核对</source>
        <translation>Enter Fetch the bill and match</translation>
    </message>
    <message>
        <source>用手上的账单文件</source>
        <translation>Use a bill file</translation>
    </message>
    <message>
        <source>Esc 返回柜台</source>
        <translation>Esc Back to the counter</translation>
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
        <source>不认识 %s</source>
        <translation>Unknown %s</translation>
    </message>
</context>
<context>
    <name>CloseShiftPage</name>
    <message>
        <source>交班：数一数钱箱里的现金</source>
        <translation>Close shift: count the cash in the drawer</translation>
    </message>
    <message>
        <source>先填实际数到的总数，差额随后显示。还没上传的账不影响交班。</source>
        <translation>Enter what you counted; the difference shows afterwards. Unsent sales do not stop you.</translation>
    </message>
    <message>
        <source>Enter 交班</source>
        <translation>Enter Close shift</translation>
    </message>
</context>
<context>
    <name>CounterPage</name>
    <message>
        <source>F4 数量</source>
        <translation>F4 Qty</translation>
    </message>
    <message>
        <source>Del 删除</source>
        <translation>Del Remove</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>先输入数量，再按 F4</source>
        <translation>Type the quantity first, then press F4</translation>
    </message>
    <message>
        <source>称重商品输入克数</source>
        <translation>For weighed goods type grams</translation>
    </message>
    <message>
        <source>数量只能是数字：%s</source>
        <translation>A quantity is digits only: %s</translation>
    </message>
    <message>
        <source>称重商品输入克数，或公斤如 0.75</source>
        <translation>For weighed goods type grams, or kilograms such as 0.75</translation>
    </message>
    <message>
        <source>F12 结算</source>
        <translation>F12 Pay</translation>
    </message>
    <message>
        <source>F12 收现金</source>
        <translation>F12 Take cash</translation>
    </message>
    <message>
        <source>F12 下一位</source>
        <translation>F12 Next</translation>
    </message>
    <message>
        <source>F12 完成销售</source>
        <translation>F12 Finish sale</translation>
    </message>
    <message>
        <source>请稍候</source>
        <translation>Please wait</translation>
    </message>
    <message>
        <source>看到付款码 · 按 Enter 收支付宝 %s</source>
        <translation>Code seen · Enter: Alipay %s</translation>
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
        <translation>✓ Paid, thank you</translation>
    </message>
    <message>
        <source>请出示支付宝付款码，或付现金</source>
        <translation>Show your Alipay code, or pay in cash</translation>
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
        <source>欢迎光临</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <source>还有 %d 秒</source>
        <translation>%d s left</translation>
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
    <name>LeaveBox</name>
    <message>
        <source>退出柜台</source>
        <translation>Leave the till</translation>
    </message>
    <message>
        <source>Esc 先不退出</source>
        <translation>Esc Stay</translation>
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
    <name>MoneyHerePanel</name>
    <message>
        <source>Enter 完成这笔销售</source>
        <translation>Enter Finish this sale</translation>
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
        <source>顾客还在：完成销售。顾客走了：退回给顾客。</source>
        <translation>Customer still here: finish. Customer gone: give it back.</translation>
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
        <source>Enter 开班</source>
        <translation>Enter Open shift</translation>
    </message>
</context>
<context>
    <name>PaidPanel</name>
    <message>
        <source>扫下一位顾客的商品，就开始下一笔</source>
        <translation>Scan the next customer&apos;s item to go on</translation>
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
        <source>找零 %s</source>
        <translation>Change %s</translation>
    </message>
    <message>
        <source>不用找零</source>
        <translation>No change</translation>
    </message>
</context>
<context>
    <name>PayPanel</name>
    <message>
        <source>收到现金</source>
        <translation>Cash received</translation>
    </message>
    <message>
        <source>F6 出示收款码</source>
        <translation>F6 Show our code</translation>
    </message>
    <message>
        <source>Esc 返回加商品</source>
        <translation>Esc Back to add items</translation>
    </message>
    <message>
        <source>现金</source>
        <translation>Cash</translation>
    </message>
    <message>
        <source>F9 正好 %s</source>
        <translation>F9 Exact %s</translation>
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
        <source>把手机放到摄像头前</source>
        <translation>Hold the phone before the camera</translation>
    </message>
    <message>
        <source>放一件商品到摄像头前</source>
        <translation>Put a product before the camera</translation>
    </message>
    <message>
        <source>没有信号</source>
        <translation>No signal</translation>
    </message>
</context>
<context>
    <name>QrPage</name>
    <message>
        <source>Esc 停止收款</source>
        <translation>Esc Stop this payment</translation>
    </message>
    <message>
        <source>F5 马上查询</source>
        <translation>F5 Ask now</translation>
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
        <source>Esc 返回柜台</source>
        <translation>Esc Back to the counter</translation>
    </message>
    <message>
        <source>退多少</source>
        <translation>How much</translation>
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
    <name>ReviewPage</name>
    <message>
        <source>扫顾客支付宝账单里的条码，或输入订单号、小票号</source>
        <translation>Scan the bar code of the customer&apos;s Alipay bill, or type an order or receipt number</translation>
    </message>
    <message>
        <source>Enter 查询</source>
        <translation>Enter Look up</translation>
    </message>
    <message>
        <source>Esc 返回柜台</source>
        <translation>Esc Back to the counter</translation>
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
</context>
<context>
    <name>SellPanel</name>
    <message>
        <source>扫描条码，或输入名称、拼音首字母、编号</source>
        <translation>Scan, or type name, pinyin initials, number</translation>
    </message>
    <message>
        <source>没有找到。换个名称或拼音首字母再试</source>
        <translation>Nothing found. Try another name or initials</translation>
    </message>
</context>
<context>
    <name>ShiftClosedPage</name>
    <message>
        <source>Enter 退出</source>
        <translation>Enter Sign out</translation>
    </message>
    <message>
        <source>已交班</source>
        <translation>Shift closed</translation>
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
        <source>Enter 登录</source>
        <translation>Enter Sign in</translation>
    </message>
    <message>
        <source>密码正在输入（不显示），按 Enter 登录</source>
        <translation>PIN being typed (not shown); Enter signs in</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>F8 今日</source>
        <translation>F8 Today</translation>
    </message>
    <message>
        <source>F7 交班</source>
        <translation>F7 Close shift</translation>
    </message>
    <message>
        <source>F10 支付</source>
        <translation>F10 Payments</translation>
    </message>
    <message>
        <source>F11 锁屏</source>
        <translation>F11 Lock</translation>
    </message>
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
        <source>⚠ 总部离线</source>
        <translation>⚠ Head office offline</translation>
    </message>
    <message>
        <source>⚠ 未在总部登记 %s</source>
        <translation>⚠ Not enrolled %s</translation>
    </message>
    <message>
        <source>⚠ 不是我们的总部 %s</source>
        <translation>⚠ Not our hub %s</translation>
    </message>
    <message>
        <source>⚠ 总部已停用本机 %s</source>
        <translation>⚠ Hub stopped this till %s</translation>
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
    <name>TodayPage</name>
    <message>
        <source>Esc 返回柜台</source>
        <translation>Esc Back to the counter</translation>
    </message>
    <message>
        <source>今天 %s</source>
        <translation>Today %s</translation>
    </message>
    <message>
        <source>%d 笔</source>
        <translation>%d</translation>
    </message>
    <message>
        <source>%s · %d 笔</source>
        <translation>%s · %d</translation>
    </message>
    <message>
        <source>支付宝退款</source>
        <translation>Alipay refund</translation>
    </message>
    <message>
        <source>支付宝对账</source>
        <translation>Alipay bill match</translation>
    </message>
    <message>
        <source>⚠ 还有 %d 条没有上传，最早的是 %s</source>
        <translation>⚠ %d entries not sent yet, the oldest from %s</translation>
    </message>
    <message>
        <source>✓ 全部已上传总部</source>
        <translation>✓ All sent to the head office</translation>
    </message>
    <message>
        <source>⚠ %d 笔支付宝还在查询</source>
        <translation>⚠ %d Alipay payments still being looked up</translation>
    </message>
    <message>
        <source>净销售额</source>
        <translation>Net sales</translation>
    </message>
    <message>
        <source>笔数</source>
        <translation>Sales</translation>
    </message>
    <message>
        <source>客单价</source>
        <translation>Average</translation>
    </message>
    <message>
        <source>其中税额</source>
        <translation>Tax within</translation>
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
        <source>退款</source>
        <translation>Refund</translation>
    </message>
</context>
<context>
    <name>TotalBar</name>
    <message>
        <source>应收 · %d 件</source>
        <translation>Due · %d pcs</translation>
    </message>
</context>
<context>
    <name>WaitingPanel</name>
    <message>
        <source>F5 马上查询</source>
        <translation>F5 Ask now</translation>
    </message>
    <message>
        <source>Esc 停止收款</source>
        <translation>Esc Stop this payment</translation>
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
    <name>Window</name>
    <message>
        <source>柜台 Guitai</source>
        <translation>Guitai</translation>
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
    <name>customer</name>
    <message>
        <source>请打开支付宝“扫一扫”，扫下面的码付款</source>
        <translation>Open Alipay, tap Scan, and scan this code</translation>
    </message>
    <message>
        <source>已扫码，请在手机上确认付款</source>
        <translation>Scanned: please confirm on your phone</translation>
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
        <source>工号或密码不对</source>
        <translation>Number or PIN is wrong</translation>
    </message>
    <message>
        <source>还可以试 {tries_left} 次</source>
        <translation>{tries_left} tries left</translation>
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
        <source>这一单有一笔支付宝还没有结束</source>
        <translation>An Alipay payment of this sale is still open</translation>
    </message>
    <message>
        <source>等它结束，不要让顾客再付</source>
        <translation>Wait for it; do not ask to pay again</translation>
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
        <source>请店长输入自己的工号和密码</source>
        <translation>Ask a manager to type their number and PIN</translation>
    </message>
    <message>
        <source>不能自己同意自己</source>
        <translation>Nobody approves what they do themselves</translation>
    </message>
    <message>
        <source>请另一位店长输入工号和密码</source>
        <translation>Ask another manager to type number and PIN</translation>
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
        <source>找到不止一个商品</source>
        <translation>More than one product found</translation>
    </message>
    <message>
        <source>点一下要的那个，或再输入几个字</source>
        <translation>Tap the one you want, or type more</translation>
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
        <source>只有数字 {reason}，不知道是什么</source>
        <translation>{reason} alone says nothing</translation>
    </message>
    <message>
        <source>改数量请按 F4；条码要输入完整</source>
        <translation>For a quantity press F4; type a barcode whole</translation>
    </message>
    <message>
        <source>没有这个条码 {reason}</source>
        <translation>No such barcode {reason}</translation>
    </message>
    <message>
        <source>按 Delete 删除这一行，或按名称查找商品</source>
        <translation>Delete removes the line; or search by name</translation>
    </message>
    <message>
        <source>看到付款码，可是还没有可以结算的商品</source>
        <translation>Payment code seen, but nothing to pay for</translation>
    </message>
    <message>
        <source>已过期，不能卖：有效期到 {reason}</source>
        <translation>Expired, it may not be sold: good until {reason}</translation>
    </message>
    <message>
        <source>没有加入；请拿开，换一件没过期的</source>
        <translation>Nothing was added: put it aside and take one that is still good</translation>
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
        <source>选中黄色的行按 Delete 删除，再按名称查找商品</source>
        <translation>Choose the yellow line, press Delete, then search by name</translation>
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
        <source>有一笔支付宝 {amount} 没有对应的销售</source>
        <translation>Alipay {amount} has no sale</translation>
    </message>
    <message>
        <source>十分钟后自动退回顾客</source>
        <translation>It goes back by itself in ten minutes</translation>
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
        <translation>Open the bill in Alipay and show its bar code</translation>
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
        <source>{at} 收到 {amount}：没有对应的销售，十分钟后自动退回</source>
        <translation>{at} {amount} came without a sale; goes back in ten minutes</translation>
    </message>
    <message>
        <source>{at} 收款 {amount}：正在撤销，若扣了款会退回</source>
        <translation>{at} {amount}: being cancelled, anything taken goes back</translation>
    </message>
    <message>
        <source>{at} 退款 {amount}（小票 {receipt_no}）：正在办理</source>
        <translation>{at} refund {amount} (receipt {receipt_no}): under way</translation>
    </message>
</context>
</TS>
